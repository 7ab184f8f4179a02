package io.lightvessel.bench.load;

/**
 * What following bytes do to a CRC-32, as a matrix over GF(2): {@code crc(a + b) = shift(crc(a)) ^ crc(b)}, where the
 * shift depends on the length of b only.
 */
final class CrcShift {

    private static final int POLYNOMIAL = 0xEDB88320;

    private CrcShift() {}

    /** The matrix for so many bytes; one column per bit. */
    static int[] over(long length) {
        int[] oneBit = new int[32];
        oneBit[0] = POLYNOMIAL;
        for (int bit = 1; bit < 32; bit++) {
            oneBit[bit] = 1 << (bit - 1);
        }
        int[] power = oneBit;
        for (int doubling = 0; doubling < 3; doubling++) {
            power = times(power, power);
        }
        int[] result = new int[32];
        for (int bit = 0; bit < 32; bit++) {
            result[bit] = 1 << bit;
        }
        for (long left = length; left > 0; left >>>= 1) {
            if ((left & 1) != 0) {
                result = times(power, result);
            }
            power = times(power, power);
        }
        return result;
    }

    static int apply(int[] matrix, int vector) {
        int sum = 0;
        for (int bit = 0; bit < 32; bit++) {
            sum ^= matrix[bit] & -(vector >>> bit & 1);
        }
        return sum;
    }

    private static int[] times(int[] left, int[] right) {
        int[] product = new int[32];
        for (int bit = 0; bit < 32; bit++) {
            product[bit] = apply(left, right[bit]);
        }
        return product;
    }
}
