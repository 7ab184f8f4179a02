package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineJoinerTest {
    private final List<String> lines = new ArrayList<>();
    private final LineJoiner.Sink sink = (time, stream, bytes, from, length) ->
            lines.add(time + " " + stream + " " + new String(bytes, from, length, UTF_8));

    @Test
    void partsOfInterleavedStreamsAreJoinedEach() {
        LineJoiner joiner = new LineJoiner(100);
        add(joiner, 1, "stdout", true, "a");
        add(joiner, 2, "stderr", true, "x");
        add(joiner, 3, "stdout", true, "b");
        add(joiner, 4, "stderr", false, "y");
        add(joiner, 5, "stdout", false, "c");
        add(joiner, 6, "stdout", false, "d");
        assertThat(lines).containsExactly("2 stderr xy", "1 stdout abc", "6 stdout d");
        assertThat(joiner.isEmpty()).isTrue();
    }

    @Test
    void whatIsTooLongBecomesSeveralLinesAndLosesNothing() {
        LineJoiner joiner = new LineJoiner(4);
        add(joiner, 1, "stdout", true, "abcdef");
        add(joiner, 2, "stdout", false, "ghi");
        add(joiner, 3, "stderr", false, "0123456789");
        assertThat(lines)
                .containsExactly(
                        "1 stdout abcd",
                        "1 stdout efgh",
                        "1 stdout i",
                        "3 stderr 0123",
                        "3 stderr 4567",
                        "3 stderr 89");
    }

    @Test
    void charactersAreNotCutThrough() {
        LineJoiner joiner = new LineJoiner(4);
        add(joiner, 1, "", false, "abc\u00e4\u20ac\ud83d\ude00z");
        assertThat(lines).containsExactly("1  abc", "1  \u00e4", "1  \u20ac", "1  \ud83d\ude00", "1  z");
    }

    @Test
    void unfinishedLinesSurviveASnapshot() {
        LineJoiner joiner = new LineJoiner(100);
        add(joiner, 1, "stdout", true, "begin ");
        LineJoiner other = new LineJoiner(100);
        other.restore(joiner.snapshot());
        add(other, 9, "stdout", false, "end");
        assertThat(lines).containsExactly("1 stdout begin end");
        assertThat(joiner.snapshot()).hasSize(1);
        assertThat(other.snapshot()).isEmpty();
    }

    @Test
    void flushGivesOutWhatWasBegun() {
        LineJoiner joiner = new LineJoiner(100);
        add(joiner, 1, "stdout", true, "last words");
        joiner.flush(sink);
        assertThat(lines).containsExactly("1 stdout last words");
    }

    private void add(LineJoiner joiner, long time, String stream, boolean partial, String text) {
        LogLine line = new LogLine();
        byte[] bytes = text.getBytes(UTF_8);
        line.text(bytes, 0, bytes.length);
        line.timeUnixNano = time;
        line.stream = stream;
        line.partial = partial;
        joiner.add(line, sink);
    }
}
