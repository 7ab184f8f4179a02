/** Tenants, and the rule that a transaction sees one tenant's rows or none. */
@NullMarked
package io.lightvessel.tenancy;

import org.jspecify.annotations.NullMarked;
