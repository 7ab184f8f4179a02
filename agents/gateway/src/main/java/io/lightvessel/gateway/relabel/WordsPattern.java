package io.lightvessel.gateway.relabel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several texts to choose from, as in {@code a|b|c}, perhaps in a group. */
final class WordsPattern implements AnchoredPattern {

    private final Set<String> words;
    private final boolean grouped;

    WordsPattern(Set<String> words, boolean grouped) {
        this.words = Set.copyOf(words);
        this.grouped = grouped;
    }

    @Override
    public boolean matches(String text) {
        return words.contains(text);
    }

    @Override
    public int @Nullable [] find(String text) {
        if (!matches(text)) {
            return null;
        }
        return grouped ? new int[] {0, text.length(), 0, text.length()} : new int[] {0, text.length()};
    }

    @Override
    public int groups() {
        return grouped ? 1 : 0;
    }

    @Override
    public int group(String name) {
        return -1;
    }
}
