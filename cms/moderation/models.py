"""The rows of moderation."""

from cms.moderation import approvals, delegation, four_eyes_task, permits, seen_texts, trail_entries
from cms.moderation.letters import choices, rows
from cms.moderation.queue import claims, deadlines, reminders
from cms.moderation.sharing import links

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
TrailEntry = trail_entries.TrailEntry
TrailHead = trail_entries.TrailHead
