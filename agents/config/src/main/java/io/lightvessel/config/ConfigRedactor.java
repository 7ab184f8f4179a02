package io.lightvessel.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Masks the secrets in a config text and leaves all else, comments and placeholders included, as it was written. */
public final class ConfigRedactor {

    private static final Set<String> AUTH_SCHEMES = Set.of("", "basic", "bearer", "apikey", "token");
    private static final String MASK = "\"" + Settings.REDACTED + "\"";

    private final List<YamlNode.Scalar> secrets = new ArrayList<>();

    private ConfigRedactor() {}

    /** A text that cannot be read as a config is masked whole, since nobody knows where its secrets are. */
    public static String redact(String text) {
        Optional<YamlNode> root = YamlReader.read(text, new Report());
        if (root.isEmpty() || !(root.get() instanceof YamlNode.Mapping document)) {
            return text.isBlank() ? text : Settings.REDACTED;
        }
        ConfigRedactor redactor = new ConfigRedactor();
        for (YamlNode.Entry entry : document.entries()) {
            redactor.findInSection(entry);
        }
        return redactor.mask(text);
    }

    private void findInSection(YamlNode.Entry section) {
        if (section.key().equals("service")) {
            return;
        }
        for (ComponentKind kind : ComponentKind.values()) {
            if (kind.section().equals(section.key()) && section.value() instanceof YamlNode.Mapping components) {
                components.entries().forEach(component -> findInComponent(kind, component));
                return;
            }
        }
        all(section.value());
    }

    private void findInComponent(ComponentKind kind, YamlNode.Entry component) {
        int slash = component.key().indexOf('/');
        String type = slash < 0 ? component.key() : component.key().substring(0, slash);
        ComponentCatalog.find(kind, type)
                .ifPresentOrElse(schema -> findIn(schema.keys(), component.value()), () -> all(component.value()));
    }

    private void findIn(ObjectSchema schema, YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return;
        }
        for (YamlNode.Entry entry : mapping.entries()) {
            Optional<KeySchema> key = schema.key(entry.key());
            if (key.isEmpty() || key.get().secret()) {
                all(entry.value());
                continue;
            }
            switch (key.get().type()) {
                case ValueType.Section section -> findIn(section.keys(), entry.value());
                case ValueType.SectionList list -> {
                    if (entry.value() instanceof YamlNode.Sequence sequence) {
                        sequence.elements().forEach(element -> findIn(list.keys(), element));
                    }
                }
                case ValueType.SectionMap map -> {
                    if (entry.value() instanceof YamlNode.Mapping sections) {
                        sections.entries().forEach(element -> findIn(map.keys(), element.value()));
                    }
                }
                case ValueType.Refused _ -> all(entry.value());
                case ValueType.Url _, ValueType.GrpcTarget _ -> {
                    if (entry.value() instanceof YamlNode.Scalar scalar
                            && scalar.text().indexOf('@') >= 0) {
                        secrets.add(scalar);
                    }
                }
                default -> {
                    // Neither secret nor able to hold one.
                }
            }
        }
    }

    private void all(YamlNode node) {
        switch (node) {
            case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> all(entry.value()));
            case YamlNode.Sequence sequence -> sequence.elements().forEach(this::all);
            case YamlNode.Scalar scalar -> {
                if (!scalar.isNull() && !isReferenceOnly(scalar.text())) {
                    secrets.add(scalar);
                }
            }
        }
    }

    private static boolean isReferenceOnly(String text) {
        return Placeholders.withoutPlaceholders(text)
                .filter(rest -> rest.length() < text.length())
                .map(rest -> AUTH_SCHEMES.contains(rest.trim().toLowerCase(Locale.ROOT)))
                .orElse(false);
    }

    private String mask(String text) {
        StringBuilder masked = new StringBuilder(text);
        List<YamlNode.Scalar> lastFirst = secrets.stream()
                .distinct()
                .sorted(Comparator.comparingInt(YamlNode.Scalar::from).reversed())
                .toList();
        for (YamlNode.Scalar secret : lastFirst) {
            int from = text.offsetByCodePoints(0, secret.from());
            int to = text.offsetByCodePoints(0, secret.to());
            boolean endsLine = to > from && text.charAt(to - 1) == '\n';
            masked.replace(from, to, endsLine ? MASK + "\n" : MASK);
        }
        return masked.toString();
    }
}
