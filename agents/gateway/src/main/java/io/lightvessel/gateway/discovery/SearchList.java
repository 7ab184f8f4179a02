package io.lightvessel.gateway.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The domains in which a short name is looked for, as {@code /etc/resolv.conf} has them. */
final class SearchList {

    static final SearchList NONE = new SearchList(null);

    private static final int DEFAULT_DOTS = 1;
    private static final int MOST_DOTS = 15;

    private final @Nullable Path file;

    private SearchList(@Nullable Path file) {
        this.file = file;
    }

    static SearchList ofSystem() {
        return new SearchList(Path.of("/etc/resolv.conf"));
    }

    static SearchList of(Path file) {
        return new SearchList(file);
    }

    /** The names to try, in order: a name with enough dots first as it is, a shorter one last; one with a dot at its end only so. */
    List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name);
        }
        List<String> domains = new ArrayList<>();
        int dots = read(domains);
        List<String> candidates = new ArrayList<>();
        for (String domain : domains) {
            candidates.add(name + "." + domain);
        }
        boolean isLong = name.chars().filter(c -> c == '.').count() >= dots;
        candidates.add(isLong ? 0 : candidates.size(), name);
        return candidates;
    }

    /** Adds the domains; the answer is how many dots make a name a long one. */
    private int read(List<String> domains) {
        int dots = DEFAULT_DOTS;
        if (file == null) {
            return dots;
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            // As for every resolver: without the file there is nothing to search.
            return dots;
        }
        for (String line : lines) {
            String[] words = line.strip().split("\\s+");
            switch (words[0]) {
                case "search", "domain" -> {
                    domains.clear();
                    Arrays.stream(words).skip(1).forEach(domains::add);
                }
                case "options" -> {
                    for (String word : words) {
                        if (word.matches("ndots:[0-9]{1,4}")) {
                            dots = Math.min(MOST_DOTS, Integer.parseInt(word.substring(6)));
                        }
                    }
                }
                default -> {
                    // Servers are the resolver's business.
                }
            }
        }
        return dots;
    }
}
