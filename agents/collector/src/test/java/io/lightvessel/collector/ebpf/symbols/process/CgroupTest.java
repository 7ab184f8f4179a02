package io.lightvessel.collector.ebpf.symbols.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String OUTER = "fedcba9876543210".repeat(4);
    private static final String UID = "1b2f3c4d-0000-4111-8222-0123456789ab";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUID_.slice/cri-containerd-ID.scope | pod",
                "0::/kubepods.slice/kubepods-podUID_.slice/crio-ID.scope | pod",
                "0::/kubepods.slice/kubepods-podUID_.slice/crio-ID.scope/container | pod",
                "0::/kubepods/besteffort/podUID/ID | pod",
                "12:memory:/kubepods/burstable/podUID/ID | pod",
                "0::/system.slice/docker-ID.scope | plain",
                "0::/docker/ID | plain",
                "0::/machine.slice/libpod-ID.scope/container | plain",
                "0::/docker/OUTER/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podUID_.slice/cri-containerd-ID.scope | pod",
                "0::/docker/OUTER/kubepods/podUID/ID | pod",
                "0::/../../kubepods-podUID_.slice/cri-containerd-ID.scope | pod",
                "0::/user.slice/user-1000.slice/session-3.scope | none",
                "0::/ | none",
            })
    void containerIsTheInnermost(String line, String expected) {
        String text = line.replace("UID_", UID.replace('-', '_'))
                .replace("UID", UID)
                .replace("OUTER", OUTER)
                .replace("ID", ID);

        Cgroup found = Cgroup.parse(text + "\n");

        assertThat(found)
                .isEqualTo(
                        switch (expected) {
                            case "pod" -> new Cgroup(ID, UID);
                            case "plain" -> new Cgroup(ID, "");
                            default -> Cgroup.NONE;
                        });
    }

    @ParameterizedTest
    @CsvSource({"1:name=systemd:/docker/ID;0::/kubepods/podUID/ID", "0::/kubepods/podUID/ID;1:name=systemd:/"})
    void hierarchyThatTellsThePodIsBelieved(String lines) {
        String text = lines.replace("UID", UID).replace("ID", ID).replace(';', '\n');

        assertThat(Cgroup.parse(text)).isEqualTo(new Cgroup(ID, UID));
    }
}
