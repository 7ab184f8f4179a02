package io.lightvessel.platform.ui;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the browser is: path parameters and query, in which all state of a screen is kept. */
public record Address(String path, RouteParameters parameters, QueryParameters query) {

    static Address of(BeforeEnterEvent event) {
        return new Address(
                event.getLocation().getPath(),
                event.getRouteParameters(),
                event.getLocation().getQueryParameters());
    }

    public String org() {
        return required("org");
    }

    /** A parameter that the route cannot match without. */
    public String required(String parameter) {
        return parameters
                .get(parameter)
                .orElseThrow(() -> new IllegalStateException("route without parameter " + parameter));
    }

    public Optional<String> query(String name) {
        return query.getSingleParameter(name).filter(value -> !value.isBlank());
    }

    /** This address with one query parameter set, or without it when the value is blank. */
    public Address with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>();
        query.getParameters()
                .forEach((key, values) -> values.stream().findFirst().ifPresent(v -> changed.put(key, v)));
        if (value.isBlank()) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new Address(path, parameters, QueryParameters.simple(changed));
    }
}
