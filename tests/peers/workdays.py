"""Prints every working day from 2004 to 2026, one a line, as the package chinesecalendar has them."""

import datetime

import chinese_calendar

day = datetime.date(2004, 1, 1)
while day.year <= 2026:
    if chinese_calendar.is_workday(day):
        print(day)
    day += datetime.timedelta(days=1)
