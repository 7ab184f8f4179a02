package io.lightvessel.gateway.relabel;

import org.jspecify.annotations.Nullable;

/** An RE2 expression that has to match the whole of a text, line breaks included. Immutable. */
sealed interface AnchoredPattern permits AffixPattern, WordsPattern, Re2Pattern {

    /** Most rules are texts, or a beginning or an end; those need no regular expressions. */
    static AnchoredPattern compile(String regex) {
        AnchoredPattern simple = SimplePatterns.compile(regex);
        return simple != null ? simple : new Re2Pattern(regex);
    }

    boolean matches(String text);

    /** Begin and end of the whole and of each group, -1 for a group that took no part; null when it does not match. */
    int @Nullable [] find(String text);

    /** How many groups there are. */
    int groups();

    /** The number of a group with that name; -1 when there is none. */
    int group(String name);
}
