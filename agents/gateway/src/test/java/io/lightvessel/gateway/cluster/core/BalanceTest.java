package io.lightvessel.gateway.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.cluster.core.Balance.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plans are even, and move little. */
class BalanceTest {

    private static List<MemberId> members(int count) {
        List<MemberId> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(new MemberId(i + 1, 77 * i));
        }
        return members;
    }

    private static List<Item> items(Random random, int count, int members, int owner) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // From ten to ten thousand, most of them small: as scrapes are.
            long cost = (long) Math.pow(10, 1 + 3 * random.nextDouble() * random.nextDouble());
            items.add(new Item(new TargetKey("p", random.nextLong()), cost, (1L << members) - 1, owner, true));
        }
        return items;
    }

    private static double mostByAverage(List<Item> items, int members) {
        double[] load = new double[members];
        items.forEach(item -> load[item.owner] += item.cost);
        double total = 0;
        double most = 0;
        for (double each : load) {
            total += each;
            most = Math.max(most, each);
        }
        return most / (total / members);
    }

    @Test
    void aFirstPlanIsEven() {
        for (int seed = 0; seed < 50; seed++) {
            int members = 2 + seed % 5;
            List<Item> items = items(new Random(seed), 500, members, Balance.NOBODY);
            Balance.plan(members(members), items, 0);
            assertThat(mostByAverage(items, members)).isLessThanOrEqualTo(Balance.MOST);
        }
    }

    @Test
    void aNewMemberGetsItsPartAndLittleElseMoves() {
        for (int seed = 0; seed < 30; seed++) {
            int members = 2 + seed % 4;
            List<Item> items = items(new Random(seed), 600, members + 1, Balance.NOBODY);
            Balance.plan(members(members).subList(0, members), known(items, members), 0);
            double total = items.stream().mapToDouble(item -> item.cost).sum();
            int[] before = items.stream().mapToInt(item -> item.owner).toArray();
            Balance.plan(members(members + 1), items, Integer.MAX_VALUE);
            assertThat(mostByAverage(items, members + 1)).isLessThanOrEqualTo(Balance.MOST);
            double moved = 0;
            for (int i = 0; i < before.length; i++) {
                if (before[i] != items.get(i).owner) {
                    moved += items.get(i).cost;
                }
            }
            assertThat(moved).as("cost that moved").isLessThanOrEqualTo(1.10 * total / (members + 1));
        }
    }

    /** The same items; only those members' bits count, since no other member is in the plan. */
    private static List<Item> known(List<Item> items, int members) {
        assertThat(items).allMatch(item -> item.knownBy == (1L << members + 1) - 1);
        return items;
    }

    @Test
    void whatIsEvenEnoughIsLeftAlone() {
        Random random = new Random(3);
        List<Item> items = items(random, 500, 4, Balance.NOBODY);
        Balance.plan(members(4), items, 0);
        assertThat(Balance.plan(members(4), items, Integer.MAX_VALUE)).isZero();
    }

    @Test
    void theOrderOfItemsDoesNotMatter() {
        List<Item> one = items(new Random(5), 300, 3, Balance.NOBODY);
        List<Item> other = items(new Random(5), 300, 3, Balance.NOBODY);
        Collections.shuffle(other, new Random(9));
        Balance.plan(members(3), one, Integer.MAX_VALUE);
        Balance.plan(members(3), other, Integer.MAX_VALUE);
        assertThat(one)
                .allSatisfy(item -> assertThat(other.stream()
                                .filter(same -> same.key.equals(item.key))
                                .findFirst()
                                .orElseThrow()
                                .owner)
                        .isEqualTo(item.owner));
    }

    @Test
    void aTargetGoesOnlyToAMemberThatKnowsIt() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new Item(new TargetKey("p", i), 10, i < 90 ? 1 : 3, Balance.NOBODY, true));
        }
        Balance.plan(members(2), items, Integer.MAX_VALUE);
        assertThat(items.subList(0, 90)).allMatch(item -> item.owner == 0);
        assertThat(items.subList(90, 100)).allMatch(item -> item.owner == 1);
    }
}
