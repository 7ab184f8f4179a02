package io.lightvessel.gateway.relabel;

import io.lightvessel.gateway.relabel.AffixPattern.Gap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognizes expressions that can be matched by comparing texts. */
final class SimplePatterns {

    private static final String SPECIAL = "\\.+*?()[]{}^$|";
    private static final int NOT_LITERAL = -1;

    private final String regex;
    private final StringBuilder prefix = new StringBuilder();
    private final StringBuilder suffix = new StringBuilder();
    private final List<int[]> groups = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private Gap gap = Gap.NOTHING;
    private int at;

    private SimplePatterns(String regex) {
        this.regex = regex;
    }

    /** Null when it takes a regular expression. */
    static @Nullable AnchoredPattern compile(String regex) {
        AnchoredPattern words = words(regex);
        return words != null ? words : new SimplePatterns(regex).affixes();
    }

    private static @Nullable AnchoredPattern words(String regex) {
        boolean grouped = regex.startsWith("(") && !regex.startsWith("(?") && regex.endsWith(")");
        String list = grouped ? regex.substring(1, regex.length() - 1) : regex;
        if (list.indexOf('|') < 0) {
            return null;
        }
        Set<String> words = new HashSet<>();
        for (String word : list.split("\\|", -1)) {
            for (int i = 0; i < word.length(); i++) {
                if (SPECIAL.indexOf(word.charAt(i)) >= 0) {
                    return null;
                }
            }
            words.add(word);
        }
        return new WordsPattern(words, grouped);
    }

    private @Nullable AnchoredPattern affixes() {
        while (at < regex.length()) {
            if (!take()) {
                return null;
            }
        }
        if (!open.isEmpty()) {
            return null;
        }
        int[] positions = new int[groups.size() * 2];
        for (int i = 0; i < groups.size(); i++) {
            positions[i * 2] = position(groups.get(i)[0]);
            positions[i * 2 + 1] = position(groups.get(i)[1]);
        }
        return new AffixPattern(prefix.toString(), gap, suffix.toString(), positions);
    }

    /** Takes what is next, if it is simple. */
    private boolean take() {
        char c = regex.charAt(at);
        if (c == '(') {
            if (regex.startsWith("(?", at)) {
                return false;
            }
            groups.add(new int[] {here(), 0});
            open.push(groups.size() - 1);
            at++;
            return true;
        }
        if (c == ')') {
            if (open.isEmpty()) {
                return false;
            }
            groups.get(open.pop())[1] = here();
            at++;
            return !isRepeated();
        }
        if (c == '.') {
            return takeGap();
        }
        int literal = literal();
        if (literal == NOT_LITERAL || isRepeated()) {
            return false;
        }
        (gap == Gap.NOTHING ? prefix : suffix).append((char) literal);
        return true;
    }

    private boolean takeGap() {
        boolean star = regex.startsWith(".*", at);
        if (gap != Gap.NOTHING || !star && !regex.startsWith(".+", at)) {
            return false;
        }
        at += 2;
        if (isRepeated()) {
            return false;
        }
        gap = star ? Gap.ANYTHING : Gap.SOMETHING;
        return true;
    }

    private int literal() {
        char c = regex.charAt(at);
        if (c == '\\') {
            boolean punctuation = at + 1 < regex.length()
                    && regex.charAt(at + 1) < 128
                    && !Character.isLetterOrDigit(regex.charAt(at + 1));
            if (!punctuation) {
                return NOT_LITERAL;
            }
            at += 2;
            return regex.charAt(at - 1);
        }
        if (SPECIAL.indexOf(c) >= 0) {
            return NOT_LITERAL;
        }
        at++;
        return c;
    }

    /** Whether what was taken last is repeated by what follows. */
    private boolean isRepeated() {
        return at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0;
    }

    /** Where we are in the text: in the prefix, or (negative) in what follows the gap. */
    private int here() {
        return gap == Gap.NOTHING ? prefix.length() : ~suffix.length();
    }

    private int position(int here) {
        return here >= 0 ? here : ~(suffix.length() - ~here);
    }
}
