package io.lightvessel.gateway.prometheus;

import java.util.Arrays;

/** What is known about metrics apart from their points; a family is a number. */
final class Families {
    /** Types by their numbers in both versions of the protocol. */
    static final int UNKNOWN = 0;

    static final int COUNTER = 1;
    static final int GAUGE = 2;
    static final int HISTOGRAM = 3;
    static final int SUMMARY = 5;

    private int[] name = new int[64];
    private int[] type = new int[64];
    private int[] help = new int[64];
    private int[] unit = new int[64];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Adds one; all texts are symbols. */
    int add(int familyName, int familyType, int familyHelp, int familyUnit) {
        if (count == name.length) {
            int larger = count * 2;
            name = Arrays.copyOf(name, larger);
            type = Arrays.copyOf(type, larger);
            help = Arrays.copyOf(help, larger);
            unit = Arrays.copyOf(unit, larger);
        }
        name[count] = familyName;
        type[count] = familyType;
        help[count] = familyHelp;
        unit[count] = familyUnit;
        return count++;
    }

    int name(int family) {
        return name[family];
    }

    int type(int family) {
        return type[family];
    }

    int help(int family) {
        return help[family];
    }

    int unit(int family) {
        return unit[family];
    }
}
