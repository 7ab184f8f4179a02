package io.lightvessel.collector.ebpf.symbols.demangle;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemanglerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Examples of the ABI's own text.
                "_Z1fv|f",
                "_ZN1N1fEv|N::f",
                "_ZN6System5Sound4beepEv|System::Sound::beep",
                "_ZN5Arena5levelE|Arena::level",
                "_ZN5StackIiiE5levelE|Stack<int, int>::level",
                "_Z1fI1XEvPVN1AIT_E1TE|f<X>",
                "_ZngILi42EEvN1AIXplT_Li2EEE1TE|operator-<42>",
                "_Z4makeI7FactoryiET_IT0_Ev|make<Factory, int>",
                "_ZrmIN1N1XEES1_S1_S1_|operator%<N::X>",
                "_ZplIN1N1XEES1_|operator+<N::X>",
                "_ZN1N1TIiiE2mfES0_IddE|N::T<int, int>::mf",
                "_ZNK1N1XcviEv|N::X::operator int",
                "_ZlsRSoRK1S|operator<<",
                "_ZZ1gvEN1S1fEi|g()::S::f",
                "_ZZZ1gvEN1S1fE_2i0|_ZZZ1gvEN1S1fE_2i0",
                // What programs have.
                "_ZNSt6vectorIiSaIiEE9push_backEOi|std::vector<int, std::allocator<int>>::push_back",
                "_ZNSsC1EPKcRKSaIcE|std::string::string",
                "_ZN3FooIPFviEE3barEv|Foo<void (*)(int)>::bar",
                "_ZN3FooIA3_iE3barEv|Foo<int [3]>::bar",
                "_ZN3FooIM1AKFvvEE3barEv|Foo<void (A::*)() const>::bar",
                "_ZN3FooIRKcOdE3barEv|Foo<char const&, double&&>::bar",
                "_ZN12_GLOBAL__N_13runEv|(anonymous namespace)::run",
                "_ZN3FooC2Ev|Foo::Foo",
                "_ZN1AI1BED1Ev|A<B>::~A",
                "_ZZ4mainENKUliE_clEi|main::{lambda(int)#1}::operator()",
                "_ZZN3FooC1EvENKUlT_E0_clIiEEDaS0_|Foo::Foo()::{lambda(auto:1)#2}::operator()<int>",
                "_ZN1AcvT_IiEEv|A::operator int<int>",
                "_ZZ4funcIJiidEEvDpT_ENKUlvE_clEv|func<int, int, double>(int, int, double)::{lambda()#1}::operator()",
                "_Z3fooILb1ELin5ELj7EEvv|foo<true, -5, 7u>",
                "_ZNSt5tupleIJiRKcEEC1Ev|std::tuple<int, char const&>::tuple",
                "_ZN5boost6detail3fooB5cxx11Ev|boost::detail::foo[abi:cxx11]",
                "_Z3foov.isra.0.cold|foo [clone .isra.0.cold]",
                "_ZThn16_N3Foo3barEv|non-virtual thunk to Foo::bar",
                "_ZN1AIXsr1BIiE5valueELb1EDTadL_Z1gvEEE1bEv|A<B<int>::value, true, decltype (&(g()))>::b",
                "_ZTV3Foo|vtable for Foo",
                "_ZlsI1AEvT_|operator<< <A>",
                "_ZNK1AssERKS_|A::operator<=>",
                "_Zli2_sy|operator\"\" _s",
                // Rust, as it was and as it is.
                "_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE|core::fmt::Write::write_fmt",
                "_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE|"
                        + "<Test + 'static as foo::Bar<Test>>::bar",
                "_ZN3foo17h05af221e174051e9E.llvm.123|foo",
                "_RNvCs1234_7mycrate3foo|mycrate::foo",
                "_RNvNtCs6GmmlP4bgsG_1r5inner3new|r::inner::new",
                "_RNvMs_NtCs6GmmlP4bgsG_1r5innerINtB4_1SReKj4_E3newB6_|<r::inner::S<&str, 4>>::new",
                "_RINvCs6GmmlP4bgsG_1r3chrKce9_Kb0_Ka7_EB2_|r::chr::<'é', false, 7>",
                "_RNCNvCs1_1a4main0B3_|a::main::{closure#0}",
                "_RNCNvCs1_1a4mains_0|a::main::{closure#1}",
                "_RNvNCNvCs1_1a4main023___RUST_STD_INTERNAL_VAL|a::main::{closure#0}::__RUST_STD_INTERNAL_VAL",
                "_RNvCs1_1au8gdel_5qa|a::gödel",
                "_RINvCs1_1a1fFUKCPhEmQDNtB2_1Tp4ItemlEL_TcEOxE|"
                        + "a::f::<unsafe extern \"C\" fn(*const u8) -> u32, &mut dyn a::T<Item = i32>, (char,), *mut i64>",
                "_RNvXs1l_NtCs1_1a1bAhj53_NtB6_1T4hash|<[u8; 83] as a::b::T>::hash"
            })
    void namesAreShownAsTheyWereWritten(String mangled, String written) {
        assertThat(Demangler.demangle(mangled)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main",
                "_start",
                "_Z",
                "_ZN",
                "_Z3fo",
                "_Z99999999999foo",
                "_Z3fooIE!",
                "_ZNS_3fooE",
                "_ZT_",
                "_Z1fIT_Evv",
                "_ZN1AIS9_E1bEv",
                "_ZN17h0123456789abcdefE",
                "_ZN4a$zz17h0123456789abcdefE",
                "_R",
                "_RNvC1a",
                "_RB_",
                "_RNvB_1a",
                "_RNvC1a1bzzz",
                "_RINvC1a1bB99_E",
                "_RINvC1a1bKc110000_E"
            })
    void whatIsNoSuchNameStaysAsItIs(String name) {
        assertThat(Demangler.demangle(name)).isEqualTo(name);
    }

    @Test
    void namesThatMeanMoreThanAnybodyReadsAreGivenUp() {
        String deep = "_Z1f" + "I1A".repeat(500) + "E".repeat(500) + "vv";
        assertThat(Demangler.demangle(deep)).isEqualTo(deep.substring(0, 1023) + "…");
        // Each argument is twice the one before: 60 of them would be 2^60 characters.
        StringBuilder bomb = new StringBuilder("_Z1fI1AIiiE");
        for (int i = 0; i < 60; i++) {
            String last = "S" + (i == 0 ? "0" : Integer.toString(i, 36).toUpperCase(java.util.Locale.ROOT)) + "_";
            bomb.append("1BI").append(last).append(last).append('E');
        }
        String text = bomb.append("Evv").toString();
        assertThat(Demangler.demangle(text)).hasSizeLessThanOrEqualTo(Demangler.LONGEST);
        String rust = "_RINvC1a1f" + "TB8_B8_".repeat(40) + "u" + "E".repeat(40) + "E";
        assertThat(Demangler.demangle(rust)).hasSizeLessThanOrEqualTo(Demangler.LONGEST);
    }

    @Test
    void anyNameIsShownInBoundedTimeAndLength() {
        Fuzz.run(
                "mangled",
                20_000,
                input -> {
                    String name = new String(input, StandardCharsets.ISO_8859_1);
                    String shown = Demangler.demangle(name);
                    assertThat(shown.length()).isLessThanOrEqualTo(Demangler.LONGEST);
                    if (shown.equals(name)) {
                        throw new IllegalArgumentException("stays as it is");
                    }
                    return shown.length() + " characters";
                },
                IllegalArgumentException.class);
    }
}
