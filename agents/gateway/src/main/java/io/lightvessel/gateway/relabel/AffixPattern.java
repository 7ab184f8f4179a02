package io.lightvessel.gateway.relabel;

import org.jspecify.annotations.Nullable;

/** A fixed beginning, at most one {@code .*} or {@code .+}, and a fixed end, with groups anywhere. */
final class AffixPattern implements AnchoredPattern {

    /** What is between beginning and end. */
    enum Gap {
        NOTHING,
        ANYTHING,
        SOMETHING
    }

    private final String prefix;
    private final Gap gap;
    private final String suffix;
    private final int shortest;
    /** Begin and end of each group: from the text's beginning, or negative from its end, which is then ~0. */
    private final int[] groups;

    AffixPattern(String prefix, Gap gap, String suffix, int[] groups) {
        this.prefix = prefix;
        this.gap = gap;
        this.suffix = suffix;
        this.shortest = prefix.length() + suffix.length() + (gap == Gap.SOMETHING ? 1 : 0);
        this.groups = groups;
    }

    @Override
    public boolean matches(String text) {
        if (gap == Gap.NOTHING) {
            return text.equals(prefix);
        }
        return text.length() >= shortest && text.startsWith(prefix) && text.endsWith(suffix);
    }

    @Override
    public int @Nullable [] find(String text) {
        if (!matches(text)) {
            return null;
        }
        int[] found = new int[groups.length + 2];
        found[1] = text.length();
        for (int i = 0; i < groups.length; i++) {
            found[i + 2] = groups[i] >= 0 ? groups[i] : text.length() - ~groups[i];
        }
        return found;
    }

    @Override
    public int groups() {
        return groups.length / 2;
    }

    @Override
    public int group(String name) {
        return -1;
    }
}
