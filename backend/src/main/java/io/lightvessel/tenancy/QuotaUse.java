package io.lightvessel.tenancy;

/** Counts what the tenant in scope uses of one quota; the feature whose tables hold it implements this. */
public interface QuotaUse {

    QuotaKind kind();

    long count();
}
