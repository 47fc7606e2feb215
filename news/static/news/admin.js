/* The date picker puts today's date in place of anything it cannot read ("25 Mei 2022"); the server reads it, so hands off. */
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
