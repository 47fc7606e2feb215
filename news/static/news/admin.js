/* The date picker puts today's date in place of anything it cannot read ("25 Mei 2022"); the server reads it, so hands off. */
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
/* What the picker did on leaving the field besides: close. */
window.jQuery(document).on("focusout", "input", (event) => {
    const field = window.jQuery(event.target);
    if (field.data("xdsoft_datetimepicker")) field.datetimepicker("hide");
});
