package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.Settings;
import io.lightvessel.config.ottl.Condition;
import io.lightvessel.config.ottl.Ottl;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.OttlError;
import io.lightvessel.config.ottl.Statement;
import io.lightvessel.pipeline.ProcessorContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads statements and conditions out of settings that have been checked. */
final class GroupReader {

    private final ProcessorContext context;
    private final Settings settings;

    GroupReader(ProcessorContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** The groups of a key, none if it is not written. */
    List<Group> groups(String key) {
        List<Group> groups = new ArrayList<>();
        List<Settings> all = settings.sections(key);
        for (int i = 0; i < all.size(); i++) {
            groups.add(group(all.get(i), key + "::" + i));
        }
        return groups;
    }

    private Group group(Settings group, String name) {
        OttlContext own = OttlContext.valueOf(group.string("context").toUpperCase(Locale.ROOT));
        ErrorMode mode = ErrorMode.of(group.optionalString("error_mode").orElse(settings.string("error_mode")));
        boolean qualified = group.flag("qualified");
        boolean single = group.flag("single");
        List<AnyOf.Guarded> conditions = new ArrayList<>();
        List<String> texts = group.strings("conditions");
        for (int i = 0; i < texts.size(); i++) {
            String place = single ? name : name + "::conditions::" + i;
            conditions.add(
                    new AnyOf.Guarded(condition(texts.get(i), own, qualified), new Failures(context, place, mode)));
        }
        List<Group.Guarded> statements = new ArrayList<>();
        texts = group.strings("statements");
        for (int i = 0; i < texts.size(); i++) {
            String place = single ? name : name + "::statements::" + i;
            statements.add(
                    new Group.Guarded(statement(texts.get(i), own, qualified), new Failures(context, place, mode)));
        }
        return new Group(own, conditions, statements);
    }

    /** The conditions of a key that is for one context, in a section of the settings. */
    List<AnyOf.Guarded> conditions(Settings section, String key, String name, OttlContext own) {
        ErrorMode mode = ErrorMode.of(settings.string("error_mode"));
        List<AnyOf.Guarded> conditions = new ArrayList<>();
        List<String> texts = section.strings(key);
        for (int i = 0; i < texts.size(); i++) {
            conditions.add(new AnyOf.Guarded(
                    condition(texts.get(i), own, false), new Failures(context, name + "::" + i, mode)));
        }
        return conditions;
    }

    private static Statement statement(String text, OttlContext own, boolean qualified) {
        try {
            return qualified ? Ottl.qualifiedStatement(text, own) : Ottl.statement(text, own);
        } catch (OttlError e) {
            throw new IllegalArgumentException("settings were not checked: " + e.describe(text), e);
        }
    }

    private static Condition condition(String text, OttlContext own, boolean qualified) {
        try {
            return qualified ? Ottl.qualifiedCondition(text, own) : Ottl.condition(text, own);
        } catch (OttlError e) {
            throw new IllegalArgumentException("settings were not checked: " + e.describe(text), e);
        }
    }
}
