package io.lightvessel.collector.filelog.operator;

import io.lightvessel.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is done with each line once it is whole, in the order of the config. Belongs to one thread. */
public final class Operators {
    private static final String BODY = "body";

    private final List<Step> steps;
    private final Complaints complaints;
    private final Entry entry = new Entry();
    private final EntryScope scope = new EntryScope(entry);

    private Operators(List<Step> steps, Complaints complaints) {
        this.steps = List.copyOf(steps);
        this.complaints = complaints;
    }

    /** Is told of lines that were not what an operator expects. */
    @FunctionalInterface
    public interface Complaints {
        Complaints NONE = (_, _, _) -> {};

        /** @param loud whether people should hear of it */
        void unreadable(String operator, boolean dropped, boolean loud);
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
        return of(List.of(), Preset.NONE, settings, Complaints.NONE);
    }

    /**
     * @param redactions what is replaced first, so that no attribute is made of it
     * @param preset what is done then
     */
    public static Operators of(
            List<Settings> redactions, Preset preset, List<Settings> settings, Complaints complaints) {
        List<Step> all = new ArrayList<>();
        redactions.forEach(one -> all.add(Step.quiet("redact", RegexReplacer.redaction(one))));
        Field body = Field.of(BODY);
        switch (preset) {
            case NONE -> {}
            case AUTO -> all.add(Step.quiet("parse", new AnyParser(severity())));
            case JSON -> all.add(Step.quiet("parse", new JsonParser(body, true), severity()));
            case LOGFMT ->
                all.add(Step.quiet(
                        "parse", new KeyValueParser(body, new KeyValueText((byte) '=', (byte) ' ')), severity()));
        }
        all.addAll(Steps.of(settings));
        return new Operators(all, complaints);
    }

    private static Operator severity() {
        return new SeverityParser(Field.of("attributes.level"), Map.of(), true);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** What is worked on; one for all logs of a thread. */
    public Entry entry() {
        return entry;
    }

    /** Works on the entry; false when it is to be dropped. */
    public boolean apply() {
        for (Step step : steps) {
            if (!step.apply(entry, scope)) {
                boolean dropped = step.onError().drops();
                complaints.unreadable(step.name(), dropped, !step.onError().isQuiet());
                if (dropped) {
                    return false;
                }
            }
        }
        return true;
    }
}
