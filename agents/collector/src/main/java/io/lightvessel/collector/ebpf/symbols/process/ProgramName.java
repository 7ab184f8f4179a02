package io.lightvessel.collector.ebpf.symbols.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people would call a program: not the interpreter's name, but that of what it runs. */
final class ProgramName {
    private static final Set<String> INTERPRETERS =
            Set.of("python", "node", "nodejs", "ruby", "perl", "php", "bash", "sh");
    private static final Set<String> JAVA_WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--add-modules",
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--limit-modules",
            "--upgrade-module-path",
            "--patch-module");

    private ProgramName() {}

    /**
     * @param program the file that is run
     * @param commandLine its arguments, each ended by a zero
     */
    static String of(String program, byte[] commandLine) {
        String name = baseName(program);
        List<String> arguments = List.of(new String(commandLine, StandardCharsets.UTF_8).split("\0"));
        if (arguments.size() < 2) {
            return name;
        }
        Optional<String> run = Optional.empty();
        if (name.equals("java")) {
            run = java(arguments);
        } else if (INTERPRETERS.contains(name.replaceAll("[0-9.]+$", ""))) {
            run = script(arguments);
        }
        return run.filter(found -> !found.isBlank()).orElse(name);
    }

    private static Optional<String> java(List<String> arguments) {
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-jar") || argument.equals("-m") || argument.equals("--module")) {
                return i + 1 < arguments.size() ? Optional.of(jar(arguments.get(i + 1))) : Optional.empty();
            }
            if (JAVA_WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.startsWith("-") && !argument.startsWith("@")) {
                return Optional.of(argument.substring(argument.lastIndexOf('.') + 1));
            }
        }
        return Optional.empty();
    }

    /** Whatever follows a script's name is the script's. */
    private static Optional<String> script(List<String> arguments) {
        String first = arguments.get(1);
        if (first.equals("-m") && arguments.size() > 2) {
            return Optional.of(arguments.get(2));
        }
        return first.startsWith("-") ? Optional.empty() : Optional.of(baseName(first));
    }

    private static String jar(String path) {
        String name = baseName(path);
        return name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
