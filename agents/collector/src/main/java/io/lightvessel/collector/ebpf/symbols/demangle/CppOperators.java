package io.lightvessel.collector.ebpf.symbols.demangle;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators of C++ by their two letters. */
final class CppOperators {
    private static final Map<String, Operator> ALL = new HashMap<>();

    /** How many operands it has in expressions; 0 for those that are written otherwise there. */
    record Operator(String sign, int operands) {
        /** As a function's name. */
        String function() {
            return Character.isLetter(sign.charAt(0)) ? "operator " + sign : "operator" + sign;
        }
    }

    static {
        add(0, "nw new na new[] dl delete da delete[] cl () ix [] qu ?");
        add(1, "ps + ng - ad & de * co ~ nt ! pp ++ mm -- aw co_await");
        add(
                2,
                "pl + mi - ml * dv / rm % an & or | eo ^ aS = pL += mI -= mL *= dV /= rM %= aN &= oR |= eO ^= ls << rs >>");
        add(2, "lS <<= rS >>= eq == ne != lt < gt > le <= ge >= ss <=> aa && oo || cm , pm ->* pt ->");
    }

    private CppOperators() {}

    private static void add(int operands, String pairs) {
        String[] words = pairs.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            ALL.put(words[i], new Operator(words[i + 1], operands));
        }
    }

    static @Nullable Operator find(String letters) {
        return ALL.get(letters);
    }
}
