package io.lightvessel.platform;

/** One thing wrong in a document: where (a JSON pointer), what kind, and a sentence with the value and what was expected. */
public record FieldError(String pointer, String code, String detail) {}
