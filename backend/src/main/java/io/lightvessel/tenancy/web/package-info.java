/** Tenants in the REST API. */
@NullMarked
package io.lightvessel.tenancy.web;

import org.jspecify.annotations.NullMarked;
