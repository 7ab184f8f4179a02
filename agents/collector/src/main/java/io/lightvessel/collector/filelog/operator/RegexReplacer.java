package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.lightvessel.config.Settings;
import io.lightvessel.config.operators.KnownText;
import java.util.Optional;

/** Replaces what a regular expression finds: secrets, colours, personal data. */
final class RegexReplacer implements Operator {
    private static final String MASK = "***";

    private final Field field;
    private final Pattern pattern;
    private final String replacement;

    RegexReplacer(Field field, String pattern, String replacement) {
        this.field = field;
        this.pattern = Pattern.compile(pattern);
        this.replacement = replacement;
    }

    /** A replacement in the body, by the settings of podlogs. */
    static RegexReplacer redaction(Settings settings) {
        Optional<KnownText> known = settings.optionalString("regex_name").map(KnownText::of);
        return new RegexReplacer(
                Field.of("body"),
                known.map(KnownText::regex).orElseGet(() -> settings.string("regex")),
                settings.optionalString("replace_with")
                        .orElse(known.map(KnownText::mask).orElse(MASK)));
    }

    @Override
    public boolean apply(Entry entry) {
        if (!field.find(entry)) {
            return true;
        }
        Matcher matcher = pattern.matcher(field.text());
        if (matcher.find()) {
            byte[] changed = matcher.replaceAll(replacement).getBytes(UTF_8);
            field.put(entry, changed, 0, changed.length);
        }
        return true;
    }
}
