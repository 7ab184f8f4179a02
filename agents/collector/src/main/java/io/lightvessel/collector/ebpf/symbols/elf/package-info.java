/** Reads function names out of ELF files, none of which are trusted. */
@NullMarked
package io.lightvessel.collector.ebpf.symbols.elf;

import org.jspecify.annotations.NullMarked;
