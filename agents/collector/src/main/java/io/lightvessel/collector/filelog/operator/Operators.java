package io.lightvessel.collector.filelog.operator;

import com.google.re2j.Pattern;
import io.lightvessel.config.Settings;
import io.lightvessel.config.operators.KnownText;
import io.lightvessel.config.operators.TimeLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is done with each line once it is whole, in the order of the config. Belongs to one thread. */
public final class Operators {
    private static final String BODY = "body";

    private final Operator[] operators;
    private final Entry entry = new Entry();
    private long failures;

    private Operators(List<Operator> operators) {
        this.operators = operators.toArray(Operator[]::new);
    }

    /** How lines are read without being told key by key. */
    public enum Preset {
        NONE,
        AUTO,
        JSON,
        LOGFMT;

        public static Preset of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** @param settings operators, of which those that make lines whole are left out */
    public static Operators of(List<Settings> settings) {
        return of(List.of(), Preset.NONE, settings);
    }

    /**
     * @param redactions what is replaced first, so that no attribute is made of it
     * @param preset what is done then
     */
    public static Operators of(List<Settings> redactions, Preset preset, List<Settings> settings) {
        List<Operator> all = new ArrayList<>();
        redactions.forEach(one -> all.add(RegexReplacer.redaction(one)));
        Field body = Field.of(BODY);
        switch (preset) {
            case NONE -> {}
            case AUTO -> all.add(new AnyParser(severity()));
            case JSON -> all.add(new JsonParser(body, true));
            case LOGFMT -> all.add(new KeyValueParser(body, new KeyValueText((byte) '=', (byte) ' ')));
        }
        if (preset == Preset.JSON || preset == Preset.LOGFMT) {
            all.add(severity());
        }
        settings.forEach(one -> add(one, all));
        return new Operators(all);
    }

    private static Operator severity() {
        return new SeverityParser(Field.of("attributes.level"), Map.of(), true);
    }

    public boolean isEmpty() {
        return operators.length == 0;
    }

    /** Entries an operator could not make sense of so far. */
    public long failures() {
        return failures;
    }

    /** What is worked on; one for all logs of a thread. */
    public Entry entry() {
        return entry;
    }

    public void apply(Entry entry) {
        for (Operator operator : operators) {
            if (!operator.apply(entry)) {
                failures++;
            }
        }
    }

    private static void add(Settings settings, List<Operator> all) {
        switch (settings.string("type")) {
            case "json_parser" ->
                all.add(new JsonParser(source(settings), settings.has("parse_ints") && settings.flag("parse_ints")));
            case "key_value_parser" ->
                all.add(new KeyValueParser(
                        source(settings),
                        new KeyValueText(
                                character(settings, "delimiter", '='), character(settings, "pair_delimiter", ' '))));
            case "regex_parser" ->
                all.add(new RegexParser(source(settings), Pattern.compile(settings.string("regex"))));
            case "severity_parser" -> all.add(severity(settings));
            case "time_parser" -> all.add(time(settings));
            case "regex_replace" ->
                all.add(new RegexReplacer(
                        Field.of(settings.string("field")),
                        settings.has("regex")
                                ? settings.string("regex")
                                : KnownText.of(settings.string("regex_name")).regex(),
                        settings.optionalString("replace_with").orElse("")));
            case "move" -> all.add(Edits.move(Field.of(settings.string("from")), Field.of(settings.string("to"))));
            case "remove" -> all.add(Edits.remove(Field.of(settings.string("field"))));
            case "add" -> all.add(Edits.add(Field.of(settings.string("field")), settings.string("value")));
            default -> {
                // container and recombine make lines whole, before all this.
            }
        }
        if (settings.has("severity")) {
            all.add(severity(settings.section("severity")));
        }
        if (settings.has("timestamp")) {
            all.add(time(settings.section("timestamp")));
        }
    }

    private static Field source(Settings settings) {
        return Field.of(settings.optionalString("parse_from").orElse(BODY));
    }

    private static byte character(Settings settings, String key, char usual) {
        return (byte) (settings.has(key) ? settings.string(key).charAt(0) : usual);
    }

    private static Operator severity(Settings settings) {
        Map<String, List<String>> mapping = settings.has("mapping") ? settings.stringListMap("mapping") : Map.of();
        boolean usual = !settings.has("preset") || settings.string("preset").equals("default");
        return new SeverityParser(source(settings), mapping, usual);
    }

    private static Operator time(Settings settings) {
        String layout = settings.string("layout");
        boolean epoch =
                settings.has("layout_type") && settings.string("layout_type").equals("epoch");
        return new TimeParser(
                source(settings),
                epoch
                        ? new EpochTime(layout)
                        : new LayoutTime(TimeLayout.parse(layout).orElseThrow()));
    }
}
