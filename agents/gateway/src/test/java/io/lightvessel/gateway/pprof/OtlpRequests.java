package io.lightvessel.gateway.pprof;

import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.profiles.v1development.Function;
import io.opentelemetry.proto.profiles.v1development.KeyValueAndUnit;
import io.opentelemetry.proto.profiles.v1development.Line;
import io.opentelemetry.proto.profiles.v1development.Link;
import io.opentelemetry.proto.profiles.v1development.Location;
import io.opentelemetry.proto.profiles.v1development.Mapping;
import io.opentelemetry.proto.profiles.v1development.Profile;
import io.opentelemetry.proto.profiles.v1development.ProfilesDictionary;
import io.opentelemetry.proto.profiles.v1development.ResourceProfiles;
import io.opentelemetry.proto.profiles.v1development.Sample;
import io.opentelemetry.proto.profiles.v1development.ScopeProfiles;
import io.opentelemetry.proto.profiles.v1development.Stack;
import io.opentelemetry.proto.profiles.v1development.ValueType;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/** Profiles as an SDK sends them. */
final class OtlpRequests {
    private OtlpRequests() {}

    /** One profile of the processor with one stack, {@code main;busy}. */
    static byte[] cpu(String service, long nanoseconds) {
        ProfilesDictionary dictionary = ProfilesDictionary.newBuilder()
                .addAllStringTable(List.of("", "cpu", "nanoseconds", "main", "busy"))
                .addMappingTable(Mapping.getDefaultInstance())
                .addFunctionTable(Function.getDefaultInstance())
                .addFunctionTable(Function.newBuilder().setNameStrindex(3))
                .addFunctionTable(Function.newBuilder().setNameStrindex(4))
                .addLocationTable(Location.getDefaultInstance())
                .addLocationTable(
                        Location.newBuilder().addLines(Line.newBuilder().setFunctionIndex(1)))
                .addLocationTable(
                        Location.newBuilder().addLines(Line.newBuilder().setFunctionIndex(2)))
                .addStackTable(Stack.getDefaultInstance())
                .addStackTable(Stack.newBuilder().addLocationIndices(2).addLocationIndices(1))
                .addLinkTable(Link.getDefaultInstance())
                .addAttributeTable(KeyValueAndUnit.getDefaultInstance())
                .build();
        ValueType time =
                ValueType.newBuilder().setTypeStrindex(1).setUnitStrindex(2).build();
        return ExportProfilesServiceRequest.newBuilder()
                .setDictionary(dictionary)
                .addResourceProfiles(ResourceProfiles.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(KeyValue.newBuilder()
                                        .setKey("service.name")
                                        .setValue(AnyValue.newBuilder().setStringValue(service))))
                        .addScopeProfiles(ScopeProfiles.newBuilder()
                                .addProfiles(Profile.newBuilder()
                                        .setSampleType(time)
                                        .setPeriodType(time)
                                        .setPeriod(10_000_000)
                                        .addSamples(Sample.newBuilder()
                                                .setStackIndex(1)
                                                .addValues(nanoseconds)))))
                .build()
                .toByteArray();
    }
}
