package io.lightvessel.collector.ebpf.kernel;

import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R0;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R1;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R10;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BpfAssemblerTest {

    @Test
    void instructionsHaveTheirOperandsWhereTheMachineLooksForThem() {
        byte[] code = new BpfAssembler()
                .storeWord(R10, -4, R1)
                .move(R2, 0x1234)
                .loadMap(R1, 7)
                .call(BpfHelper.RINGBUF_OUTPUT)
                .assemble();
        assertThat(HexFormat.of().formatHex(code))
                .isEqualTo("631afcff00000000" + "b702000034120000" + "1811000007000000" + "0000000000000000"
                        + "8500000082000000");
    }

    /** Distances count from the instruction after the jump, and a map takes two instructions. */
    @Test
    void jumpsReachTheirLabelsForwards() {
        byte[] code = new BpfAssembler()
                .jumpIfEqual(R0, 0, "out")
                .loadMap(R1, 7)
                .label("out")
                .exit()
                .assemble();
        assertThat(code[2]).isEqualTo((byte) 2);
    }

    @Test
    void labelsAreThereOnce() {
        assertThatThrownBy(() -> new BpfAssembler().jumpIfEqual(R0, 0, "out").assemble())
                .hasMessage("label out: nowhere (expected: somewhere)");
        assertThatThrownBy(() -> new BpfAssembler().label("out").label("out"))
                .hasMessage("label out: twice (expected: once)");
    }
}
