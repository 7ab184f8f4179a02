package io.lightvessel.fuzz;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way for Jazzer, in a process of its own, into a fuzz test: runs the test method only to get at its target. */
public final class JazzerTarget {
    private static @Nullable Fuzz fuzz;

    private JazzerTarget() {}

    /** Called by Jazzer with its {@code --target_args}: the test's class, its method, and the fuzz target's name. */
    public static void fuzzerInitialize(String[] args) throws Exception {
        Class<?> test = Class.forName(args[0]);
        Constructor<?> constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        for (Method method : test.getDeclaredMethods()) {
            if (method.getName().equals(args[1])) {
                method.setAccessible(true);
                find(instance, method, args[2]);
            }
        }
        if (fuzz == null) {
            throw new IllegalArgumentException("no target " + String.join(" ", args));
        }
    }

    /** A parameterized test has a target for each value of its enum. */
    private static void find(Object instance, Method method, String name) throws Exception {
        Object[] values = method.getParameterCount() == 0
                ? new Object[] {null}
                : method.getParameterTypes()[0].getEnumConstants();
        for (Object value : values) {
            Fuzz found = Fuzz.captured(() -> {
                if (value == null) {
                    method.invoke(instance);
                } else {
                    method.invoke(instance, value);
                }
            });
            if (found.name().equals(name)) {
                fuzz = found;
            }
        }
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Objects.requireNonNull(fuzz, "not initialized").offer(input);
    }
}
