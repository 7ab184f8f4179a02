package io.lightvessel.collector.ebpf.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes instructions of the kernel's BPF machine, eight bytes each, with jumps to labels that may come later. */
final class BpfAssembler {

    /** R1 to R5 hand over arguments, R0 a result; R6 to R9 outlive calls; R10 points behind the stack. */
    enum Register {
        R0,
        R1,
        R2,
        R3,
        R4,
        R5,
        R6,
        R7,
        R8,
        R9,
        R10
    }

    private static final int MOVE_REGISTER = 0xbf;
    private static final int MOVE_NUMBER = 0xb7;
    private static final int ADD_NUMBER = 0x07;
    private static final int ADD_REGISTER = 0x0f;
    private static final int SHIFT_RIGHT = 0x77;
    private static final int STORE_WORD = 0x63;
    private static final int STORE_LONG = 0x7b;
    private static final int LOAD_LONG_CONSTANT = 0x18;
    private static final int ATOMIC_LONG = 0xdb;
    private static final int CALL = 0x85;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER = 0x25;
    private static final int JUMP_IF_SIGNED_GREATER_OR_EQUAL = 0x75;
    private static final int EXIT = 0x95;
    private static final int PSEUDO_MAP_FD = 1;

    private record Jump(int instruction, String label) {}

    private final List<long[]> code = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Jump> jumps = new ArrayList<>();

    BpfAssembler move(Register to, Register from) {
        return instruction(MOVE_REGISTER, to, from, 0, 0);
    }

    BpfAssembler move(Register to, int number) {
        return instruction(MOVE_NUMBER, to, Register.R0, 0, number);
    }

    BpfAssembler add(Register to, int number) {
        return instruction(ADD_NUMBER, to, Register.R0, 0, number);
    }

    BpfAssembler add(Register to, Register from) {
        return instruction(ADD_REGISTER, to, from, 0, 0);
    }

    BpfAssembler shiftRight(Register to, int bits) {
        return instruction(SHIFT_RIGHT, to, Register.R0, 0, bits);
    }

    /** Stores the lower four bytes. */
    BpfAssembler storeWord(Register base, int offset, Register from) {
        return instruction(STORE_WORD, base, from, offset, 0);
    }

    BpfAssembler storeLong(Register base, int offset, Register from) {
        return instruction(STORE_LONG, base, from, offset, 0);
    }

    /** Loads a map by its descriptor, which the kernel replaces by an address. */
    BpfAssembler loadMap(Register to, int fd) {
        instruction(LOAD_LONG_CONSTANT, to.ordinal(), PSEUDO_MAP_FD, 0, fd);
        return instruction(0, 0, 0, 0, 0);
    }

    BpfAssembler atomicAdd(Register base, int offset, Register from) {
        return instruction(ATOMIC_LONG, base, from, offset, 0);
    }

    BpfAssembler call(BpfHelper helper) {
        return instruction(CALL, 0, 0, 0, helper.number());
    }

    BpfAssembler jumpIfEqual(Register register, int number, String label) {
        return jump(JUMP_IF_EQUAL, register, number, label);
    }

    /** Without regard to signs. */
    BpfAssembler jumpIfGreater(Register register, int number, String label) {
        return jump(JUMP_IF_GREATER, register, number, label);
    }

    BpfAssembler jumpIfNotNegative(Register register, String label) {
        return jump(JUMP_IF_SIGNED_GREATER_OR_EQUAL, register, 0, label);
    }

    BpfAssembler label(String label) {
        if (labels.putIfAbsent(label, code.size()) != null) {
            throw new IllegalArgumentException("label " + label + ": twice (expected: once)");
        }
        return this;
    }

    BpfAssembler exit() {
        return instruction(EXIT, 0, 0, 0, 0);
    }

    byte[] assemble() {
        for (Jump jump : jumps) {
            Integer target = labels.get(jump.label());
            if (target == null) {
                throw new IllegalStateException("label " + jump.label() + ": nowhere (expected: somewhere)");
            }
            code.get(jump.instruction())[3] = target - jump.instruction() - 1L;
        }
        ByteBuffer bytes = ByteBuffer.allocate(code.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long[] fields : code) {
            bytes.put((byte) fields[0]);
            bytes.put((byte) (fields[1] | fields[2] << 4));
            bytes.putShort((short) fields[3]);
            bytes.putInt((int) fields[4]);
        }
        return bytes.array();
    }

    private BpfAssembler jump(int operation, Register register, int number, String label) {
        jumps.add(new Jump(code.size(), label));
        return instruction(operation, register, Register.R0, 0, number);
    }

    private BpfAssembler instruction(int operation, Register to, Register from, int offset, int number) {
        return instruction(operation, to.ordinal(), from.ordinal(), offset, number);
    }

    private BpfAssembler instruction(int operation, int to, int from, int offset, int number) {
        code.add(new long[] {operation, to, from, offset, number});
        return this;
    }
}
