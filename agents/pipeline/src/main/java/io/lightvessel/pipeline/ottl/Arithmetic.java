package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;

/** Two numbers of one type and an operator; whole numbers wrap around and divide without a rest, as in Go. */
final class Arithmetic implements Getter {

    private final char operator;
    private final Getter left;
    private final Getter right;
    private final Value a = new Value();
    private final Value b = new Value();

    Arithmetic(char operator, Getter left, Getter right) {
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    @Override
    public void get(Telemetry telemetry, Value out) throws StatementFailure, MalformedPayload {
        left.get(telemetry, a);
        right.get(telemetry, b);
        if (a.kind() == Value.Kind.INT && b.kind() == Value.Kind.INT) {
            out.setWhole(whole(a.whole(), b.whole()));
        } else if (a.kind() == Value.Kind.DOUBLE && b.kind() == Value.Kind.DOUBLE) {
            out.setDecimal(decimal(a.decimal(), b.decimal()));
        } else {
            throw new StatementFailure(
                    a.kind().phrase() + " " + operator + " " + b.kind().phrase(), "two numbers of one type");
        }
    }

    private long whole(long x, long y) throws StatementFailure {
        return switch (operator) {
            case '+' -> x + y;
            case '-' -> x - y;
            case '*' -> x * y;
            case '/' -> {
                checkDivisor(y == 0);
                yield x / y;
            }
            default -> throw new IllegalStateException("operator " + operator);
        };
    }

    private double decimal(double x, double y) throws StatementFailure {
        return switch (operator) {
            case '+' -> x + y;
            case '-' -> x - y;
            case '*' -> x * y;
            case '/' -> {
                checkDivisor(y == 0);
                yield x / y;
            }
            default -> throw new IllegalStateException("operator " + operator);
        };
    }

    private static void checkDivisor(boolean zero) throws StatementFailure {
        if (zero) {
            throw new StatementFailure("division by 0", "another number");
        }
    }
}
