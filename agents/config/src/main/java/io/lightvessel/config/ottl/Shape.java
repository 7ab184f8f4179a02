package io.lightvessel.config.ottl;

/** How a field is written on the wire, or where else it comes from. */
public enum Shape {
    TEXT,
    /** Any varint type that is read as a whole number: int32, uint32, enum. */
    VARINT,
    /** A varint with the sign in the lowest bit. */
    ZIGZAG,
    FIXED32,
    FIXED64,
    DOUBLE,
    /** 16 or 8 bytes. */
    ID,
    /** The same in hexadecimal digits. */
    ID_TEXT,
    ATTRIBUTES,
    /** An {@code AnyValue} message. */
    VALUE,
    /** The same as text. */
    VALUE_TEXT,
    /** A number of the span's {@code status} message. */
    STATUS_VARINT,
    /** A text of the span's {@code status} message. */
    STATUS_TEXT,
    /** Which data a metric has. */
    METRIC_TYPE,
    /** A number of a metric's data. */
    DATA_VARINT,
    /** A truth value of a metric's data. */
    DATA_FLAG,
    /** {@code as_double} of a number point. */
    POINT_DOUBLE,
    /** {@code as_int} of a number point. */
    POINT_INT,
    /** A map that lasts as long as statements run for one record. */
    CACHE
}
