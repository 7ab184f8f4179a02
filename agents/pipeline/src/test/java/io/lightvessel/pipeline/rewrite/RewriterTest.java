package io.lightvessel.pipeline.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.RandomWire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RewriterTest {

    private static final int ROUNDS = Integer.getInteger("lightvessel.rounds", 400);
    static final byte[] LONG_TEXT = AnyValues.encoded("x".repeat(200));

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void whatNobodyTouchesStaysTheSameBuffer(Signal signal) throws Exception {
        Rewriter rewriter = new Rewriter(signal, Set.of(), _ -> Verdict.KEEP);
        for (int seed = 0; seed < ROUNDS; seed++) {
            RandomWire wire = new RandomWire(seed, false);
            Payload payload = Payload.walk(signal, wire.buffer(wire.request(signal)));
            assertThat(rewriter.rewrite(payload)).isEqualTo(new Rewritten(null, 0));
            payload.release();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void doesWhatDecodingEditingAndEncodingWouldDo(Signal signal) throws Exception {
        RandomEdits edits = new RandomEdits();
        Rewriter all = new Rewriter(signal, EnumSet.allOf(Level.class), edits);
        for (int seed = 0; seed < ROUNDS; seed++) {
            RandomWire wire = new RandomWire(seed, seed % 4 == 0);
            byte[] request = wire.request(signal);
            edits.random = new Random(seed);
            Message expected = NaiveRewriter.rewrite(signal, RandomWire.parse(signal, request), new NaiveEdits(seed));
            assertThat(rewritten(all, signal, wire.buffer(request)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void editsOfTheResourceMayComeWhileItsRecordsAreVisited(Signal signal) throws Exception {
        LateEdits edits = new LateEdits();
        Rewriter rewriter = new Rewriter(signal, EnumSet.of(Level.RESOURCE, Level.SCOPE), edits);
        for (int seed = 0; seed < ROUNDS; seed++) {
            RandomWire wire = new RandomWire(seed, false);
            byte[] request = wire.request(signal);
            Message expected = NaiveLateEdits.rewrite(signal, RandomWire.parse(signal, request));
            assertThat(rewritten(rewriter, signal, wire.buffer(request)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void damageInsideAnAttributeIsFound() throws Exception {
        // request { group { scope { record { attribute { key of length 9 with nothing behind it } } } } }
        Payload damaged =
                Payload.walk(Signal.LOGS, Unpooled.wrappedBuffer(HexFormat.of().parseHex("0A081206120432020A09")));
        Rewriter rewriter = new Rewriter(Signal.LOGS, Set.of(), item -> {
            item.attributes();
            return Verdict.KEEP;
        });
        assertThatThrownBy(() -> rewriter.rewrite(damaged))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage("length 9 at byte 3 (expected: at most 0)");
        damaged.release();
    }

    private static Message rewritten(Rewriter rewriter, Signal signal, ByteBuf request) throws Exception {
        Payload payload = Payload.walk(signal, request);
        Rewritten rewritten = rewriter.rewrite(payload);
        Payload after = rewritten.bytes() == null ? payload.retain() : Payload.walk(signal, rewritten.bytes());
        assertThat(after.records()).isEqualTo(payload.records() - rewritten.dropped());
        Message message = RandomWire.parse(signal, Fixtures.copy(after));
        after.release();
        payload.release();
        assertThat(payload.refCnt()).isZero();
        return message;
    }

    private static final class NaiveEdits implements NaiveRewriter.Editor {

        private final Random random;
        private Message unseen;

        NaiveEdits(long seed) {
            random = new Random(seed);
        }

        @Override
        public Message resource(Message resource) {
            return editAttributes(resource);
        }

        @Override
        public Message scope(Message resource, Message scope) {
            return editAttributes(scope);
        }

        @Override
        public Message metric(Message resource, Message scope, Message metric) {
            int choice = random.nextInt(6);
            Message edited = metric;
            if (choice == 0) {
                edited = NaiveRewriter.with(metric, "name", "renamed");
            } else if (choice == 1) {
                for (String name : List.of("sum", "histogram", "exponential_histogram")) {
                    if (metric.hasField(NaiveRewriter.field(metric, name))) {
                        Message data = (Message) metric.getField(NaiveRewriter.field(metric, name));
                        Object cumulative = NaiveRewriter.field(data, "aggregation_temporality")
                                .getEnumType()
                                .findValueByNumber(2);
                        edited = NaiveRewriter.with(
                                metric, name, NaiveRewriter.with(data, "aggregation_temporality", cumulative));
                    }
                }
            }
            unseen = choice == 3 ? edited : null;
            return choice == 2 ? null : edited;
        }

        @Override
        public Message item(Message resource, Message scope, Message metric, Message item) {
            return metric != null && metric == unseen ? item : editAttributes(item);
        }

        private Message editAttributes(Message message) {
            int choice = random.nextInt(8);
            if (choice == 4) {
                return null;
            }
            return choice > 3
                    ? message
                    : NaiveRewriter.withAttributes(message, choice, (attributes, what) -> {
                        if (what == 0 || what == 3) {
                            attributes.removeIf(attribute -> key(attribute).equals("key-0"));
                        }
                        if (what == 1 || what == 3) {
                            put(attributes, "key-1", text("x".repeat(200)));
                        }
                        if (what >= 2) {
                            int from = find(attributes, "key-2");
                            if (from >= 0) {
                                put(attributes, "a new and rather long key", value(attributes.get(from)));
                                attributes.removeIf(attribute -> key(attribute).equals("key-2"));
                            }
                        }
                        return attributes;
                    });
        }
    }

    /** First learns which resources and scopes have such records, then marks them. */
    private static final class NaiveLateEdits implements NaiveRewriter.Editor {

        private final Set<Integer> resources = new HashSet<>();
        private final Set<Integer> scopes = new HashSet<>();
        private int resource;
        private int scope;
        private boolean marks;

        static Message rewrite(Signal signal, Message request) {
            NaiveLateEdits edits = new NaiveLateEdits();
            NaiveRewriter.rewrite(signal, request, edits);
            edits.marks = true;
            edits.resource = 0;
            edits.scope = 0;
            return NaiveRewriter.rewrite(signal, request, edits);
        }

        @Override
        public Message resource(Message message) {
            resource++;
            return marks && resources.contains(resource) ? marked(message) : message;
        }

        @Override
        public Message scope(Message of, Message message) {
            scope++;
            return marks && scopes.contains(scope) ? marked(message) : message;
        }

        private static Message marked(Message message) {
            return NaiveRewriter.withAttributes(message, "", (attributes, _) -> {
                put(attributes, "seen", text("x".repeat(200)));
                return attributes;
            });
        }

        @Override
        public Message item(Message of, Message in, Message metric, Message item) {
            if (item.getRepeatedFieldCount(NaiveRewriter.field(item, "attributes")) < 2) {
                return item;
            }
            resources.add(resource);
            scopes.add(scope);
            return NaiveRewriter.withAttributes(item, "", (attributes, _) -> {
                attributes.removeIf(attribute -> key(attribute).equals("key-3"));
                return attributes;
            });
        }
    }

    private static String key(Message attribute) {
        return ((KeyValue) attribute).getKey();
    }

    private static AnyValue value(Message attribute) {
        return ((KeyValue) attribute).getValue();
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static int find(List<Message> attributes, String key) {
        for (int i = 0; i < attributes.size(); i++) {
            if (key(attributes.get(i)).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static void put(List<Message> attributes, String key, AnyValue value) {
        int at = find(attributes, key);
        if (at < 0) {
            attributes.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
        } else {
            attributes.set(
                    at,
                    ((KeyValue) attributes.get(at)).toBuilder().setValue(value).build());
        }
    }
}
