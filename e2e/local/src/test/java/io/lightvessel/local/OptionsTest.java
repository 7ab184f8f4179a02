package io.lightvessel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Path ROOT = Path.of("/srv/lightvessel");
    private static final Path HERE = Path.of("/home/me");

    @Test
    void withoutOptionsEverythingIsWhereTheReadmeSays() {
        assertThat(parse()).isEqualTo(new Options(Path.of("/srv/lightvessel/.lightvessel/data"), 8080, 0, true, false));
    }

    @Test
    void everyOptionDoesWhatItSays() {
        assertThat(parse("--detach", "--port", "9000", "--data", "d", "--no-demo", "--offset=100"))
                .isEqualTo(new Options(Path.of("/home/me/d"), 9000, 100, false, true));
    }

    @Test
    void theOffsetMovesTheConsoleTooUnlessItsPortIsGiven() {
        assertThat(parse("--offset", "100").port()).isEqualTo(8180);
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() {
        assertThatThrownBy(() -> parse("--port", "http"))
                .isInstanceOf(UsageError.class)
                .hasMessage("--port: http (expected: 1..65535)");
        assertThatThrownBy(() -> parse("--data")).hasMessage("--data: no value given");
        assertThatThrownBy(() -> parse("--prot", "1"))
                .hasMessage(
                        "unknown option: --prot (expected: --detach, --port N, --data DIR, --no-demo or --offset N)");
    }

    @Test
    void noTwoPartsShareAPort() {
        List<Integer> ports = new Ports(8080, 0)
                .uses(true, true).stream().map(Ports.Use::port).toList();

        assertThat(ports).doesNotHaveDuplicates().hasSize(22);
    }

    private static Options parse(String... arguments) {
        return Options.parse(ROOT, HERE, List.of(arguments));
    }
}
