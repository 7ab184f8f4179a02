package io.lightvessel.gateway.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A pattern that needs the regular expression. */
final class Re2Pattern implements AnchoredPattern {

    private final Pattern pattern;

    Re2Pattern(String regex) {
        try {
            this.pattern = Pattern.compile("^(?s:" + regex + ")$");
        } catch (PatternSyntaxException e) {
            // Theirs is no IllegalArgumentException, which is what those expect who prepare components.
            throw new IllegalArgumentException("regex: '" + regex + "': " + e.getDescription(), e);
        }
    }

    @Override
    public boolean matches(String text) {
        return pattern.matches(text);
    }

    @Override
    public int @Nullable [] find(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int[] found = new int[(groups() + 1) * 2];
        for (int i = 0; i <= groups(); i++) {
            found[i * 2] = matcher.start(i);
            found[i * 2 + 1] = matcher.end(i);
        }
        return found;
    }

    @Override
    public int groups() {
        return pattern.groupCount();
    }

    @Override
    public int group(String name) {
        return pattern.namedGroups().getOrDefault(name, -1);
    }
}
