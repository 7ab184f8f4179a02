package io.lightvessel.collector.ebpf.symbols.elf;

/**
 * The functions of a Go program as its runtime knows them, which are there when the symbols were stripped. Tables since Go
 * 1.16 are read.
 */
final class GoFunctions {
    private static final int GO_1_16 = 0xfffffffa;
    private static final int GO_1_18 = 0xfffffff0;
    private static final int GO_1_20 = 0xfffffff1;

    private GoFunctions() {}

    static SymbolTable read(ElfBytes file, Section table, ElfLayout code, long textAddress) {
        long at = table.offset();
        file.check(at, table.size());
        int version = file.i32(at);
        if (version != GO_1_16 && version != GO_1_18 && version != GO_1_20 || file.u8(at + 7) != 8) {
            throw new MalformedElf(
                    "Go functions: version " + Integer.toHexString(version) + " (expected: Go 1.16 or later)");
        }
        boolean relative = version != GO_1_16;
        long count = file.i64(at + 8);
        // Since Go 1.26 the start of the code is no longer written here.
        long text = relative && file.i64(at + 24) != 0 ? file.i64(at + 24) : textAddress;
        long names = at + file.i64(at + (relative ? 32 : 24));
        long functions = at + file.i64(at + (relative ? 64 : 56));
        int entry = relative ? 8 : 16;
        if (count < 0 || count > SymbolTable.Builder.MOST) {
            throw new MalformedElf("Go functions: " + count + " (expected: at most " + SymbolTable.Builder.MOST + ")");
        }
        SymbolTable.Builder result = new SymbolTable.Builder();
        for (long i = 0; i < count; i++) {
            long here = functions + i * entry;
            long start = relative ? text + file.u32(here) : file.i64(here);
            long next = relative ? text + file.u32(here + entry) : file.i64(here + entry);
            long details = functions + (relative ? file.u32(here + 4) : file.i64(here + 8));
            long name = names + file.i32(details + (relative ? 4 : 8));
            if (next > start && file.holds(name, 1)) {
                result.add(code.offsetOf(start), next - start, name, 1);
            }
        }
        return result.build(file);
    }
}
