package io.lightvessel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void optionsNameTheMeasurement() {
        CommandLine command = CommandLine.parse(List.of(
                "--signal", "spans", "--protocol", "http", "--compression", "gzip", "--pipeline", "batch", "--json"));
        assertThat(command.options().name()).isEqualTo("spans http gzip batch");
        assertThat(command.json()).isTrue();
        assertThat(command.suite()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--signal profiles | --signal: profiles (expected: logs, spans or metrics)",
                "--pipeline fast | --pipeline: fast (expected: pass, rename, rename10, batch or sample)",
                "--seconds 0 | --seconds: 0 (expected: 1..600)",
                "--seconds | --seconds: nothing (expected: a value)",
                "--rate 5 --overload 5 | --rate and --overload together (expected: one of them)",
                "--fast | unknown option: --fast"
            })
    void mistakesAreNamed(String arguments, String message) {
        assertThatThrownBy(() -> CommandLine.parse(List.of(arguments.split(" "))))
                .isInstanceOf(UsageError.class)
                .hasMessage(message);
    }

    @Test
    void changesOfMembersAreMeasuredAsAsked() {
        assertThat(ClusterOptions.parse(List.of())).isEqualTo(new ClusterOptions(5000, 6, 2, 20_000));
        assertThat(ClusterOptions.parse(
                        List.of("--targets", "100", "--replicas", "3", "--rounds", "1", "--state", "0")))
                .isEqualTo(new ClusterOptions(100, 3, 1, 0));
        assertThatThrownBy(() -> ClusterOptions.parse(List.of("--replicas", "2")))
                .isInstanceOf(UsageError.class)
                .hasMessage("--replicas: 2 (expected: 3..12)");
    }
}
