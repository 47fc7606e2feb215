"""The rows of moderation."""

from cms.moderation import (
    approvals,
    delegation,
    four_eyes_task,
    permits,
    reading_policy,
    seen_texts,
    trail_entries,
    verified,
    waivers,
)
from cms.moderation.letters import choices, rows
from cms.moderation.queue import claims, deadlines, reminders
from cms.moderation.sharing import links
from cms.moderation.trash import places
from cms.moderation.trash import rows as trash_rows
from cms.moderation.urgent import after_reviews

reading_policy.offer()

AfterReview = after_reviews.AfterReview
Approval = approvals.Approval
Claim = claims.Claim
Contribution = approvals.Contribution
Deadline = deadlines.Deadline
Delegation = delegation.Delegation
FourEyesTask = four_eyes_task.FourEyesTask
ImportBatch = approvals.ImportBatch
Letter = rows.Letter
MailChoice = choices.MailChoice
Permit = permits.Permit
Reminder = reminders.Reminder
SeenText = seen_texts.SeenText
SharedDraft = links.SharedDraft
TakenBack = approvals.TakenBack
TrailCheck = verified.TrailCheck
TrailEntry = trail_entries.TrailEntry
TrailHead = trail_entries.TrailHead
Waiver = waivers.Waiver
TrashPage = places.TrashPage
Trashed = trash_rows.Trashed
