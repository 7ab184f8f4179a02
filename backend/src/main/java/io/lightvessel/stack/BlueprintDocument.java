package io.lightvessel.stack;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes what a blueprint gives, as people edit it. */
@Component
public class BlueprintDocument {
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public BlueprintContent read(String text) {
        try {
            return json.readValue(text, BlueprintContent.class);
        } catch (JacksonException e) {
            String detail = e.getOriginalMessage();
            throw new LightvesselException(
                    StackError.STACK_MALFORMED, detail, List.of(new FieldError("", "malformed", detail)));
        }
    }

    public String write(BlueprintContent content) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(content);
    }
}
