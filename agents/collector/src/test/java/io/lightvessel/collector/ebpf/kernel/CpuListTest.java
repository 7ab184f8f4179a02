package io.lightvessel.collector.ebpf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuListTest {

    @Test
    void listsHaveNumbersAndRanges() throws SourceFailure {
        assertThat(CpuList.parse("0-2,5\n")).containsExactly(0, 1, 2, 5);
        assertThat(CpuList.parse("3")).containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "2-1", "0-99999999", "-1", "0-", "1,,2"})
    void othersAreRefused(String list) {
        assertThatThrownBy(() -> CpuList.parse(list))
                .isInstanceOf(SourceFailure.class)
                .hasMessage("CPUs online: '" + list + "' (expected: numbers and ranges)");
    }
}
