package io.lightvessel.pipeline.attributes;

import com.google.re2j.Pattern;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Texts in which one of several patterns is found. Keys, names and the like repeat themselves, so what became of short
 * texts is remembered, of a bounded number; one that is not remembered any more is matched again.
 */
final class TextPattern implements TextMatch {

    private static final int REMEMBERED = 1024;
    private static final int LONGEST = 256;

    private record Known(byte[] text, boolean matches) {}

    private final List<Pattern> patterns;
    private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(REMEMBERED);

    TextPattern(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    @Override
    public boolean matches(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return find(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
        long fingerprint = AttributeKey.fingerprint(bytes, from, to);
        int slot = (int) (fingerprint ^ fingerprint >>> 32) & REMEMBERED - 1;
        Known entry = known.get(slot);
        if (entry != null && Arrays.equals(entry.text, 0, entry.text.length, bytes, from, to)) {
            return entry.matches;
        }
        boolean matches = find(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        known.set(slot, new Known(Arrays.copyOfRange(bytes, from, to), matches));
        return matches;
    }

    private boolean find(String text) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(text).find()) {
                return true;
            }
        }
        return false;
    }
}
