package io.lightvessel.stack.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.stack.StackSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields that each know the one value of a stack they show: how to read it, and how to make a stack with another. */
final class BoundFields {
    private record Bound(Function<StackSpec, StackSpec> read, java.util.function.Consumer<StackSpec> write) {}

    private final Runnable edited;
    private final List<Bound> bound = new ArrayList<>();
    private final Map<String, HasValidation> byPath = new LinkedHashMap<>();

    BoundFields(Runnable edited) {
        this.edited = edited;
    }

    void write(StackSpec spec) {
        bound.forEach(field -> field.write().accept(spec));
    }

    /** The stack with what the fields say. */
    StackSpec read(StackSpec spec) {
        StackSpec changed = spec;
        for (Bound field : bound) {
            changed = field.read().apply(changed);
        }
        return changed;
    }

    Map<String, HasValidation> byPath() {
        return byPath;
    }

    Checkbox flag(
            String path,
            String label,
            Function<StackSpec, Boolean> get,
            BiFunction<StackSpec, Boolean, StackSpec> set) {
        return add(path, new Checkbox(label), get, set);
    }

    IntegerField whole(
            String path,
            String label,
            Function<StackSpec, Integer> get,
            BiFunction<StackSpec, Integer, StackSpec> set) {
        return add(path, new IntegerField(label), get, (spec, value) -> set.apply(spec, value == null ? 0 : value));
    }

    /** Nothing written is no number at all, so that it is found to be wrong. */
    NumberField number(
            String path, String label, Function<StackSpec, Double> get, BiFunction<StackSpec, Double, StackSpec> set) {
        return add(path, new NumberField(label), get, (spec, value) -> set.apply(spec, value == null ? -1.0 : value));
    }

    TextField optionalText(
            String path,
            String label,
            Function<StackSpec, @Nullable String> get,
            BiFunction<StackSpec, @Nullable String, StackSpec> set) {
        return add(
                path,
                new TextField(label),
                spec -> {
                    String text = get.apply(spec);
                    return text == null ? "" : text;
                },
                (spec, value) -> set.apply(spec, value.isBlank() ? null : value.strip()));
    }

    /** A list of words, written with commas between. */
    TextField words(
            String path,
            String label,
            Function<StackSpec, List<String>> get,
            BiFunction<StackSpec, List<String>, StackSpec> set) {
        return add(
                path,
                new TextField(label),
                spec -> String.join(", ", get.apply(spec)),
                (spec, value) -> set.apply(
                        spec,
                        Arrays.stream(value.split(","))
                                .map(String::strip)
                                .filter(word -> !word.isEmpty())
                                .toList()));
    }

    <E extends Enum<E>> Select<E> choice(
            String path,
            String label,
            Class<E> type,
            Function<StackSpec, E> get,
            BiFunction<StackSpec, E, StackSpec> set) {
        Select<E> field = new Select<>();
        field.setLabel(label);
        field.setItems(type.getEnumConstants());
        return add(path, field, get, set);
    }

    <E extends Enum<E>> MultiSelectComboBox<E> choices(
            String path,
            String label,
            Class<E> type,
            Function<StackSpec, List<E>> get,
            BiFunction<StackSpec, List<E>, StackSpec> set) {
        MultiSelectComboBox<E> field = new MultiSelectComboBox<>(label);
        field.setItems(type.getEnumConstants());
        return add(
                path,
                field,
                spec -> Set.copyOf(get.apply(spec)),
                (spec, value) -> set.apply(spec, new TreeSet<>(value).stream().collect(Collectors.toList())));
    }

    private <V, F extends Component & HasValue<?, V>> F add(
            String path, F field, Function<StackSpec, V> get, BiFunction<StackSpec, V, StackSpec> set) {
        field.setId("stack-" + path.replace('.', '-'));
        if (field instanceof HasSize sized && !(field instanceof Checkbox)) {
            sized.setWidthFull();
        }
        if (field instanceof HasValidation validated) {
            validated.setManualValidation(true);
            byPath.put(path, validated);
        }
        field.addValueChangeListener(event -> edited.run());
        bound.add(new Bound(
                spec -> get.apply(spec).equals(field.getValue()) ? spec : set.apply(spec, field.getValue()),
                spec -> field.setValue(get.apply(spec))));
        return field;
    }
}
