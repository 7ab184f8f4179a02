package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;

/** Takes the named groups of a regular expression as attributes. */
final class RegexParser implements Operator {
    private final Field source;
    private final Pattern pattern;

    RegexParser(Field source, Pattern pattern) {
        this.source = source;
        this.pattern = pattern;
    }

    @Override
    public boolean apply(Entry entry) {
        if (!source.find(entry)) {
            return false;
        }
        Matcher matcher = pattern.matcher(source.text());
        if (!matcher.find()) {
            return false;
        }
        for (Map.Entry<String, Integer> group : pattern.namedGroups().entrySet()) {
            String value = matcher.group(group.getValue());
            if (value != null) {
                byte[] text = value.getBytes(UTF_8);
                entry.attributes.putText(group.getKey().getBytes(UTF_8), text, 0, text.length);
            }
        }
        return true;
    }
}
