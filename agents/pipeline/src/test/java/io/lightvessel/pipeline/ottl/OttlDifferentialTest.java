package io.lightvessel.pipeline.ottl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.lightvessel.config.ottl.Ottl;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.OttlError;
import io.lightvessel.config.ottl.Statement;
import io.lightvessel.pipeline.ProcessorHarness;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random statements on random requests: compiled ones must do what a naive interpreter does to decoded messages. */
class OttlDifferentialTest {

    private static final int ROUNDS = Integer.getInteger("ottl.rounds", 1500);

    @ParameterizedTest
    @CsvSource({
        "LOGS, RESOURCE",
        "LOGS, SCOPE",
        "LOGS, LOG",
        "TRACES, SPAN",
        "TRACES, SPANEVENT",
        "METRICS, METRIC",
        "METRICS, DATAPOINT"
    })
    void statementsDoWhatANaiveInterpreterDoes(Signal signal, OttlContext context) throws OttlError {
        int changed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed * 31L + context.ordinal());
            Message request = RandomTelemetry.request(signal, random);
            RandomStatements statements = new RandomStatements(context, random);
            List<String> texts = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                texts.add(statements.statement());
            }
            Message expected = naively(request, signal, context, texts);
            ProcessorHarness harness = Telling.transform(signal, context.label(), texts.toArray(String[]::new));
            Message actual = (Message) Telling.run(harness, signal, request);
            assertThat(sorted(actual)).as("seed %d: %s", seed, texts).isEqualTo(sorted(expected));
            changed += expected.equals(request) ? 0 : 1;
        }
        assertThat(changed).as("requests that were changed").isGreaterThan(ROUNDS / 5);
    }

    private static Message naively(Message request, Signal signal, OttlContext context, List<String> texts)
            throws OttlError {
        List<Statement> statements = new ArrayList<>();
        for (String text : texts) {
            statements.add(Ottl.statement(text, context));
        }
        Message.Builder out = request.toBuilder();
        new Walk(context, statements).down(out, signal, new EnumMap<>(OttlContext.class), 0);
        return out.build();
    }

    /** Goes down the groups of a request to the context of the statements. */
    private record Walk(OttlContext context, List<Statement> statements) {

        void down(Message.Builder builder, Signal signal, Map<OttlContext, Message.Builder> around, int level) {
            switch (level) {
                case 0 -> each(builder, 1, group -> down(group, signal, around, 1));
                case 1 ->
                    described(
                            builder,
                            OttlContext.RESOURCE,
                            around,
                            () -> each(builder, 2, scope -> down(scope, signal, around, 2)));
                case 2 ->
                    described(
                            builder,
                            OttlContext.SCOPE,
                            around,
                            () -> each(builder, 2, record -> down(record, signal, around, 3)));
                default -> record(builder, signal, around);
            }
        }

        private void described(
                Message.Builder builder, OttlContext own, Map<OttlContext, Message.Builder> around, Runnable below) {
            FieldDescriptor field = builder.getDescriptorForType().findFieldByNumber(1);
            Message.Builder description = ((Message) builder.getField(field)).toBuilder();
            Message before = description.build();
            around.put(own, description);
            run(own, around);
            below.run();
            if (!description.build().equals(before)) {
                builder.setField(field, description.build());
            }
        }

        private void record(Message.Builder record, Signal signal, Map<OttlContext, Message.Builder> around) {
            switch (signal) {
                case LOGS -> {
                    around.put(OttlContext.LOG, record);
                    run(OttlContext.LOG, around);
                }
                case TRACES -> {
                    around.put(OttlContext.SPAN, record);
                    run(OttlContext.SPAN, around);
                    each(record, 11, event -> {
                        around.put(OttlContext.SPANEVENT, event);
                        run(OttlContext.SPANEVENT, around);
                    });
                }
                case METRICS -> {
                    around.put(OttlContext.METRIC, record);
                    run(OttlContext.METRIC, around);
                    for (int data : new int[] {5, 7, 9, 10, 11}) {
                        FieldDescriptor field = record.getDescriptorForType().findFieldByNumber(data);
                        if (record.hasField(field)) {
                            Message.Builder points = ((Message) record.getField(field)).toBuilder();
                            each(points, 1, point -> {
                                around.put(OttlContext.DATAPOINT, point);
                                run(OttlContext.DATAPOINT, around);
                            });
                            record.setField(field, points.build());
                        }
                    }
                }
                case PROFILES -> throw new IllegalArgumentException("profiles");
            }
        }

        private void run(OttlContext own, Map<OttlContext, Message.Builder> around) {
            if (own == context) {
                statements.forEach(new NaiveOttl(new NaiveRecord(around))::run);
            }
        }

        private static void each(
                Message.Builder builder, int number, java.util.function.Consumer<Message.Builder> change) {
            FieldDescriptor field = builder.getDescriptorForType().findFieldByNumber(number);
            for (int i = 0; i < builder.getRepeatedFieldCount(field); i++) {
                Message.Builder element = ((Message) builder.getRepeatedField(field, i)).toBuilder();
                change.accept(element);
                builder.setRepeatedField(field, i, element.build());
            }
        }
    }

    /** The order of attributes means nothing. */
    private static Message sorted(Message message) {
        Message.Builder builder = message.toBuilder();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            if (field.isRepeated()) {
                List<Message> elements = new ArrayList<>();
                ((List<?>) message.getField(field)).forEach(element -> elements.add(sorted((Message) element)));
                if (field.getMessageType().equals(KeyValue.getDescriptor())) {
                    elements.sort(Comparator.comparing(entry -> ((KeyValue) entry).getKey()));
                }
                builder.setField(field, elements);
            } else if (message.hasField(field)) {
                Message inner = sorted((Message) message.getField(field));
                // An empty description is as good as none.
                builder.setField(field, inner);
                if (inner.equals(inner.getDefaultInstanceForType())
                        && !field.getName().equals("value")) {
                    builder.clearField(field);
                }
            }
        }
        return builder.build();
    }
}
