package io.lightvessel.collector.ebpf.symbols.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElfImageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-pie", "-no-pie", "-static", "-static-pie"})
    void functionsAreThoseThatNmNames(String kind) {
        Path program = Programs.compile(directory, "program", kind);

        assertSameAsNm(program, program);
    }

    @Test
    void exportedFunctionsOfLibrariesAreThoseThatNmNames() throws IOException {
        Path library = Path.of("/lib/x86_64-linux-gnu/libm.so.6").toRealPath();

        Path copy = Files.copy(library, directory.resolve("libm"));
        Programs.run("objcopy", "--strip-all", "--remove-section=.gnu_debuglink", copy.toString());
        // Another build id than that of the library, whose symbols this machine may have.
        Programs.run("objcopy", "--remove-section=.note.gnu.build-id", copy.toString());

        assertSameAsNm(copy, copy, "--dynamic");
    }

    @Test
    void buildIdIsTheOneThatReadelfPrints() {
        Path program = Programs.compile(directory, "program");

        String printed = Programs.run("readelf", "-n", program.toString()).stream()
                .filter(line -> line.contains("Build ID:"))
                .map(line -> line.replaceAll(".*: ", ""))
                .findFirst()
                .orElseThrow();
        assertThat(Programs.open(program).buildId()).isEqualTo(printed).hasSize(40);
    }

    @Test
    void strippedProgramHasAddressesAlone() {
        Path program = Programs.compile(directory, "program", "-static");
        long main = offset(program, "main");
        Programs.run("strip", program.toString());

        ElfImage image = Programs.open(program);

        assertThat(image.nameAt(main)).isNull();
        assertThat(image.addressOf(main)).isEqualTo(main + 0x400000);
        assertThat(image.problem()).isEmpty();
    }

    @Test
    void symbolsAreFoundInASeparateFileByItsLink() {
        Path program = Programs.compile(directory, "program");
        Path symbols = directory.resolve("program.debug");
        long main = offset(program, "main");
        Programs.run("objcopy", "--only-keep-debug", program.toString(), symbols.toString());
        Programs.run("strip", program.toString());
        Programs.run("objcopy", "--add-gnu-debuglink=" + symbols, program.toString());

        assertThat(Programs.open(program).nameAt(main)).isEqualTo("main");
    }

    @Test
    void symbolsAreFoundByBuildIdBelowTheProgramsRoot() throws IOException {
        Path program = Programs.compile(directory, "program");
        long second = offset(program, "second_function");
        String id = Programs.open(program).buildId();
        Path symbols =
                directory.resolve("usr/lib/debug/.build-id/" + id.substring(0, 2) + "/" + id.substring(2) + ".debug");
        Files.createDirectories(symbols.getParent());
        Programs.run("objcopy", "--only-keep-debug", program.toString(), symbols.toString());
        Programs.run("strip", program.toString());

        ElfImage image = ElfImage.open(program, directory, Path.of("/bin/program"));

        assertThat(image.nameAt(second)).isEqualTo("second_function");
    }

    @Test
    void separateFileOfAnotherBuildIsNotBelieved() {
        Path program = Programs.compile(directory, "program");
        long main = offset(program, "main");
        Path other = Programs.compile(directory, "other", "-O2");
        Path symbols = directory.resolve("program.debug");
        Programs.run("objcopy", "--only-keep-debug", program.toString(), symbols.toString());
        Programs.run("strip", program.toString());
        Programs.run("objcopy", "--add-gnu-debuglink=" + symbols, program.toString());
        Programs.run("objcopy", "--only-keep-debug", other.toString(), symbols.toString());

        assertThat(Programs.open(program).nameAt(main)).isNull();
    }

    @Test
    void strippedGoProgramNamesItsFunctions() {
        Path program = Path.of("/usr/bin/prometheus-node-exporter");
        assumeTrue(Files.isExecutable(program), "needs /usr/bin/prometheus-node-exporter, a stripped Go program");
        ElfImage image = Programs.open(program);

        Set<String> names = new HashSet<>();
        for (long offset = 0; offset < program.toFile().length(); offset += 64) {
            String name = image.nameAt(offset);
            if (name != null) {
                names.add(name);
            }
        }

        assertThat(names).contains("main.main", "runtime.mallocgc", "runtime.main");
        assertThat(image.size()).isGreaterThan(5_000);
        assertThat(image.bytes()).isLessThan(1_000_000);
    }

    @Test
    void thirtyTwoBitsAreRefusedInWords() throws IOException {
        Path program = Programs.compile(directory, "program");
        try (RandomAccessFile file = new RandomAccessFile(program.toFile(), "rw")) {
            file.seek(4);
            file.write(1);
        }

        ElfImage image = Programs.open(program);

        assertThat(image.nameAt(0x1000)).isNull();
        assertThat(image.problem()).isEqualTo("32-bit ELF file (expected: 64-bit)");
    }

    @Test
    void fileThatIsCutShortWhileItIsReadHasNoNames() throws IOException {
        Path program = Programs.compile(directory, "program", "-static");
        long main = offset(program, "main");
        ElfImage image = Programs.open(program);
        try (RandomAccessFile file = new RandomAccessFile(program.toFile(), "rw")) {
            file.setLength(100);
        }

        assertThat(image.nameAt(main)).isNull();
        assertThat(image.problem()).isEqualTo("file was cut short while it was read");
    }

    @Test
    void scriptIsNoElfFile() throws IOException {
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n".repeat(20));

        assertThat(Programs.open(script).problem()).isEqualTo("not an ELF file");
    }

    private static void assertSameAsNm(Path program, Path described, String... options) {
        ElfImage image = Programs.open(program);
        Map<Long, Set<String>> byAddress = nm(described, options);
        ElfLayoutOf layout = ElfLayoutOf.read(program);
        List<String> wrong = new ArrayList<>();
        byAddress.forEach((address, names) -> {
            long offset = layout.offset(address);
            String name = image.nameAt(offset);
            // nm shows weak data among weak code.
            if (offset >= 0 && (name == null || !names.contains(name))) {
                wrong.add(Long.toHexString(address) + ": " + name + " (expected: " + names + ")");
            }
        });
        assertThat(byAddress).hasSizeGreaterThan(5);
        assertThat(wrong).isEmpty();
    }

    private static long offset(Path program, String function) {
        return nm(program).entrySet().stream()
                .filter(entry -> entry.getValue().contains(function))
                .map(entry -> ElfLayoutOf.read(program).offset(entry.getKey()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<Long, Set<String>> nm(Path program, String... options) {
        List<String> command = new ArrayList<>(List.of("nm", "--defined-only", "--without-symbol-versions"));
        command.addAll(List.of(options));
        command.add(program.toString());
        Map<Long, Set<String>> names = new HashMap<>();
        for (String line : Programs.run(command.toArray(String[]::new))) {
            String[] parts = line.split(" ");
            if (parts.length == 3 && "tTwWi".contains(parts[1])) {
                names.computeIfAbsent(Long.parseUnsignedLong(parts[0], 16), _ -> new HashSet<>())
                        .add(parts[2]);
            }
        }
        return names;
    }
}
