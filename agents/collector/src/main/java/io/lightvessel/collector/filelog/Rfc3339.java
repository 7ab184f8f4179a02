package io.lightvessel.collector.filelog;

import java.util.concurrent.TimeUnit;

/** Reads times as container runtimes write them, with Z or an offset, without making objects. */
final class Rfc3339 {
    static final long INVALID = Long.MIN_VALUE;

    private static final int SECONDS_END = 19;
    private static final int DAYS_BEFORE_EPOCH = 719_468;

    private Rfc3339() {}

    /** Nanoseconds since the epoch, or {@link #INVALID}. */
    static long nanos(byte[] bytes, int from, int to) {
        if (to - from < SECONDS_END + 1
                || bytes[from + 4] != '-'
                || bytes[from + 7] != '-'
                || bytes[from + 10] != 'T'
                || bytes[from + 13] != ':'
                || bytes[from + 16] != ':') {
            return INVALID;
        }
        int year = digits(bytes, from, 4);
        int month = digits(bytes, from + 5, 2);
        int day = digits(bytes, from + 8, 2);
        int hour = digits(bytes, from + 11, 2);
        int minute = digits(bytes, from + 14, 2);
        int second = digits(bytes, from + 17, 2);
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) {
            return INVALID;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return INVALID;
        }
        int at = from + SECONDS_END;
        long fraction = 0;
        if (bytes[at] == '.') {
            long scale = TimeUnit.SECONDS.toNanos(1);
            for (at++; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
                scale /= 10;
                fraction += (bytes[at] - '0') * scale;
            }
        }
        long offset = offsetSeconds(bytes, at, to);
        if (offset == INVALID) {
            return INVALID;
        }
        long seconds = day(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second - offset;
        return TimeUnit.SECONDS.toNanos(seconds) + fraction;
    }

    private static long offsetSeconds(byte[] bytes, int at, int to) {
        if (at + 1 == to && bytes[at] == 'Z') {
            return 0;
        }
        if (at + 6 != to || bytes[at + 3] != ':' || (bytes[at] != '+' && bytes[at] != '-')) {
            return INVALID;
        }
        int hours = digits(bytes, at + 1, 2);
        int minutes = digits(bytes, at + 4, 2);
        if (hours < 0 || minutes < 0) {
            return INVALID;
        }
        long offset = hours * 3600L + minutes * 60L;
        return bytes[at] == '-' ? -offset : offset;
    }

    /** -1 when one of them is no digit. */
    private static int digits(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Days since the epoch of a date in the Gregorian calendar, counted in years that begin in March. */
    private static long day(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = y / 400;
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - DAYS_BEFORE_EPOCH;
    }
}
