package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightvessel.config.expression.EvaluationFailure;
import io.lightvessel.config.expression.Expression;
import io.lightvessel.config.expression.ExpressionError;
import io.lightvessel.fuzz.Fuzz;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionFuzzTest {

    /** What is taken answers for any record, or says what it does not find there. */
    @Test
    void expressions() {
        Entry entry = new Entry();
        byte[] line = "{\"a\":{\"b\":{\"c\":[1,null,true,{}]}},\"level\":\"warn\",\"http\":{\"route\":\"/a\"}}"
                .getBytes(UTF_8);
        entry.begin(
                new LogFacts(Map.of("k8s.pod.name", "a"), Map.of("log.file.name", "0.log")),
                "stdout",
                1,
                line,
                0,
                line.length);
        new JsonText(true).read(line, 0, line.length, entry.attributes);
        EntryScope scope = new EntryScope(entry);
        Fuzz.run(
                "expression",
                20_000,
                input -> {
                    Expression expression = Expression.parse(new String(input, UTF_8));
                    try {
                        return expression.holds(scope);
                    } catch (EvaluationFailure e) {
                        return e.getMessage();
                    }
                },
                ExpressionError.class);
    }
}
