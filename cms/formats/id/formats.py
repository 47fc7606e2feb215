"""Indonesian date formats where Django's own are wrong: a dot for the hour, and never month before day."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j F Y, H.i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H.i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y", "%d-%m-%y"]
TIME_INPUT_FORMATS = ["%H:%M:%S", "%H.%M.%S", "%H:%M", "%H.%M", "%H:%M:%S.%f"]
DATETIME_INPUT_FORMATS = [
    f"{date} {time}"
    for date in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y")
    for time in ("%H:%M:%S", "%H:%M", "%H.%M")
] + ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
