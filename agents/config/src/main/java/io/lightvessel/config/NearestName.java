package io.lightvessel.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that someone who mistyped probably meant. */
public final class NearestName {

    private NearestName() {}

    static Optional<String> of(String typed, Collection<String> known) {
        String best = null;
        int least = Math.max(1, typed.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** "Did you mean 'timeout'?" or all there is to choose from. */
    static String hint(String typed, Collection<String> known) {
        return "(expected: " + expected(typed, known) + ")";
    }

    /** What a finding says was expected. */
    public static String expected(String typed, Collection<String> known) {
        if (known.isEmpty()) {
            return "none";
        }
        return of(typed, known).map(name -> "'" + name + "'?").orElseGet(() -> "one of " + String.join(", ", known));
    }

    /** Edits, of which swapping two neighbours counts as one. */
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int change = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(change, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
