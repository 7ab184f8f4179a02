package io.lightvessel.collector.filelog.operator;

import io.lightvessel.config.operators.TimeLayout;
import io.lightvessel.config.operators.TimeLayout.Part;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Times in a layout of strptime's directives; without an offset they are UTC. */
final class LayoutTime implements TimeParser.TimeReader {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int NANO_DIGITS = 9;
    private static final long NANOS = 1_000_000_000L;

    private final TimeLayout layout;
    private byte[] text = {};
    private int at;
    private int end;
    private int year;
    private int month;
    private int day;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private int offset;
    private long epoch;
    private boolean afternoon;
    private boolean failed;

    LayoutTime(TimeLayout layout) {
        this.layout = layout;
    }

    @Override
    public long nanos(byte[] source, int from, int length) {
        text = source;
        at = from;
        end = from + length;
        year = 1970;
        month = 1;
        day = 1;
        dayOfYear = 0;
        hour = 0;
        minute = 0;
        second = 0;
        nano = 0;
        offset = 0;
        epoch = -1;
        afternoon = false;
        failed = false;
        for (Part part : layout.parts()) {
            switch (part) {
                case Part.Literal(char character) -> {
                    failed |= at >= end || text[at] != character;
                    at++;
                }
                case Part.Directive(char letter) -> read(letter);
            }
            if (failed) {
                return INVALID;
            }
        }
        return at == end ? assembled() : INVALID;
    }

    private long assembled() {
        if (epoch >= 0) {
            return epoch * NANOS + nano;
        }
        try {
            if (dayOfYear > 0) {
                LocalDate date = LocalDate.ofYearDay(year, dayOfYear);
                month = date.getMonthValue();
                day = date.getDayOfMonth();
            }
            int hours = afternoon && hour < 12 ? hour + 12 : hour;
            long seconds = LocalDateTime.of(year, month, day, hours, minute, Math.min(second, 59))
                    .toEpochSecond(ZoneOffset.UTC);
            return (seconds - offset) * NANOS + nano;
        } catch (DateTimeException e) {
            return INVALID;
        }
    }

    private void read(char letter) {
        switch (letter) {
            case 'Y' -> year = number(4, 4);
            case 'y' -> {
                int two = number(2, 2);
                year = two < 69 ? 2000 + two : 1900 + two;
            }
            case 'm' -> month = number(1, 2);
            case 'd' -> day = number(1, 2);
            case 'e' -> {
                at += at < end && text[at] == ' ' ? 1 : 0;
                day = number(1, 2);
            }
            case 'H' -> hour = number(1, 2);
            case 'I' -> hour = number(1, 2) % 12;
            case 'M' -> minute = number(2, 2);
            case 'S' -> second = number(2, 2);
            case 'L', 'f' -> fraction();
            case 's' -> epoch = number(1, 10);
            case 'p' -> half();
            case 'b', 'B' -> month = monthName();
            case 'a', 'A' -> letters();
            case 'j' -> dayOfYear = number(1, 3);
            case 'z' -> offset();
            default -> letters();
        }
    }

    private int number(int fewest, int most) {
        long value = 0;
        int digits = 0;
        while (digits < most && at < end && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + (text[at++] - '0');
            digits++;
        }
        failed |= digits < fewest || value > Integer.MAX_VALUE;
        return (int) value;
    }

    private void fraction() {
        int digits = 0;
        int value = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            if (digits < NANO_DIGITS) {
                value = value * 10 + (text[at] - '0');
                digits++;
            }
            at++;
        }
        failed |= digits == 0;
        for (; digits < NANO_DIGITS; digits++) {
            value *= 10;
        }
        nano = value;
    }

    private void half() {
        failed |= end - at < 2 || (text[at + 1] | 0x20) != 'm';
        if (!failed) {
            afternoon = (text[at] | 0x20) == 'p';
            failed = !afternoon && (text[at] | 0x20) != 'a';
            at += 2;
        }
    }

    private int monthName() {
        int from = at;
        letters();
        if (at - from < 3) {
            failed = true;
            return 1;
        }
        for (int i = 0; i < MONTHS.size(); i++) {
            String name = MONTHS.get(i);
            if ((text[from] | 0x20) == name.charAt(0)
                    && (text[from + 1] | 0x20) == name.charAt(1)
                    && (text[from + 2] | 0x20) == name.charAt(2)) {
                return i + 1;
            }
        }
        failed = true;
        return 1;
    }

    private void letters() {
        int from = at;
        while (at < end && (text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z') {
            at++;
        }
        failed |= at == from;
    }

    private void offset() {
        if (at < end && (text[at] | 0x20) == 'z') {
            at++;
            return;
        }
        if (at >= end || (text[at] != '+' && text[at] != '-')) {
            failed = true;
            return;
        }
        int sign = text[at++] == '-' ? -1 : 1;
        int hours = number(2, 2);
        at += at < end && text[at] == ':' ? 1 : 0;
        int minutes = number(2, 2);
        offset = sign * (hours * 3600 + minutes * 60);
    }
}
