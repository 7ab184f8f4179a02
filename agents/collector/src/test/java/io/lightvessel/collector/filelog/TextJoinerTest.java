package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextJoinerTest {
    private final List<String> texts = new ArrayList<>();
    private final LineJoiner.Sink sink =
            (time, stream, bytes, from, length) -> texts.add(stream + ": " + new String(bytes, from, length, UTF_8));

    @Test
    void javaTracesAreOneText() {
        feed("language: java", """
                before
                java.lang.IllegalStateException: no
                \tat a.B.c(B.java:1)
                Caused by: java.io.IOException: gone
                \t... 3 more
                after""");
        assertThat(texts).hasSize(3);
        assertThat(texts.get(1)).startsWith("o: java.lang").endsWith("... 3 more");
    }

    @Test
    void pythonTracesAreOneTextWithWhatTheyWereCausedBy() {
        feed("language: python", """
                before
                Traceback (most recent call last):
                  File "a.py", line 1, in <module>
                    x()
                KeyError: 'a'

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "a.py", line 3, in <module>
                ValueError: no
                after""");
        assertThat(texts).hasSize(3);
        assertThat(texts.get(1)).startsWith("o: Traceback").endsWith("ValueError: no");
    }

    @Test
    void goPanicsAreOneText() {
        feed("language: go", """
                before
                panic: runtime error: index out of range

                goroutine 1 [running]:
                main.main()
                \t/app/main.go:8 +0x1d
                exit status 2
                after all (it was)""");
        assertThat(texts).hasSize(3);
        assertThat(texts.get(1)).startsWith("o: panic: ").endsWith("exit status 2");
    }

    @Test
    void nodeErrorsAreOneText() {
        feed("language: node", """
                before
                TypeError: x is not a function
                    at main (/app/index.js:3:1) {
                  code: 'E'
                }
                after""");
        assertThat(texts).hasSize(3);
        assertThat(texts.get(1)).startsWith("o: TypeError").endsWith("}");
    }

    @Test
    void firstAndLastLinesAreFoundByConditions() {
        feed("is_first_entry: 'body matches \"^\\\\d{4}-\"'", "2026-01-01 a\nb\n2026-01-02 c");
        assertThat(texts).containsExactly("o: 2026-01-01 a\nb", "o: 2026-01-02 c");
        texts.clear();
        feed("is_last_entry: \"not (body contains '+')\", combine_with: ' '", "a+\nb\nc");
        assertThat(texts).containsExactly("o: a+ b", "o: c");
    }

    @Test
    void aTextIsBoundedInLinesAndBytes() {
        feed("language: java, max_batch_size: 2", "a\n b\n c\n d");
        assertThat(texts).containsExactly("o: a\n b", "o:  c\n d");
        texts.clear();
        feed("language: java, max_log_size: 5", "a\n bc\n d");
        assertThat(texts).containsExactly("o: a\n bc", "o:  d");
    }

    @Test
    void streamsArePutTogetherByThemselvesAndSurviveARestart() {
        TextJoiner first = joiner("language: java");
        line(first, "o", "a");
        line(first, "e", "x");
        line(first, "o", " b");
        assertThat(texts).isEmpty();
        TextJoiner second = joiner("language: java");
        second.restore(first.snapshot());
        line(second, "o", " c");
        second.flush();
        assertThat(texts).containsExactlyInAnyOrder("o: a\n b\n c", "e: x");
        assertThat(second.isEmpty()).isTrue();
        assertThat(second.snapshot()).isEmpty();
    }

    private void feed(String keys, String lines) {
        TextJoiner joiner = joiner(keys);
        lines.lines().forEach(line -> line(joiner, "o", line));
        joiner.flush();
    }

    private TextJoiner joiner(String keys) {
        Settings settings = Fixtures.settings("include: [/x]", "operators: [{type: recombine, " + keys + "}]")
                .sections("operators")
                .getFirst();
        return new TextJoiner(Recombine.of(settings, 1 << 20), sink);
    }

    private static void line(TextJoiner joiner, String stream, String line) {
        byte[] bytes = line.getBytes(UTF_8);
        joiner.line(1, stream, bytes, 0, bytes.length);
    }
}
