using Casement.Messages;
using Casement.Web.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests.Messages;

/// <summary>Every message once, whoever sends and whatever breaks.</summary>
public sealed class OutboxTests
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task A_crash_before_it_is_noted_sends_the_same_message_again_and_never_another()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var patient = await house.Admit(Sayings.Claudia);
        await house.Ask(patient, "sign-in");
        using var crash = new CancellationTokenSource();
        post.After = _ =>
        {
            crash.Cancel();
            crash.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.Services.GetRequiredService<Sending>().SendDue(crash.Token));
        post.After = null;

        // The claim of the one that died still stands.
        Assert.Equal(0, await house.SendDue());
        house.Clock.Ahead += House.Messages.Policy.Claim;
        Assert.Equal(1, await house.SendDue());
        Assert.Equal(2, post.Taken.Count);
        Assert.Single(post.Taken.Select(m => m.MessageId).Distinct());
        Assert.Equal(0, await house.SendDue());
    }

    [Fact]
    public async Task A_failure_with_one_message_does_not_stop_the_others_and_tells_the_log_no_name()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var patient = await house.Admit(Sayings.Claudia);
        var bad = await house.Ask(patient, "intake-waiting");
        await house.Ask(patient, "consent-waiting");
        var unknown = await house.Ask(patient, "no-such-template");
        post.Before = mail =>
        {
            if (mail.MessageId?.StartsWith($"{bad:N}", StringComparison.Ordinal) is true) throw new InvalidOperationException("A bug that says claudia@example.org.");
        };
        Assert.Equal(1, await house.SendDue());
        Assert.Equal("A form is waiting for you", post.Taken.Single().Subject);
        Assert.Equal((Delivery.Retrying, Delivery.Retrying), ((await house.Message(patient, bad)).State, (await house.Message(patient, unknown)).State));
        Assert.Contains(house.Log.Lines, l => l.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(house.Log.Lines, l => l.Contains("claudia", StringComparison.OrdinalIgnoreCase));

        post.Before = null;
        house.Clock.Ahead += TimeSpan.FromMinutes(2);
        Assert.Equal(1, await house.SendDue());
        Assert.Equal(Delivery.Sent, (await house.Message(patient, bad)).State);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_and_tried_again()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Messages = o.Messages with { Policy = o.Messages.Policy with { Claim = TimeSpan.FromSeconds(1) } } });
        await using var _ = house;
        var patient = await house.Admit(Sayings.Claudia);
        var id = await house.Ask(patient, "sign-in");
        post.Before = _ => Thread.Sleep(700);
        Assert.Equal(0, await house.SendDue());
        Assert.Equal("The mail server did not answer in time.", (await house.Message(patient, id)).Failures.Single().Because);
    }

    [Fact]
    public async Task Asking_wakes_the_outbox()
    {
        var post = new Mailbox();
        await using var house = await House.Open(o => o with { Post = post, Background = true });
        var patient = await house.Admit(Sayings.Claudia);
        await house.Ask(patient, "sign-in");
        for (var i = 0; i < 400 && post.Taken.IsEmpty; i++) await Task.Delay(25, Stop);
        Assert.Single(post.Taken);
    }

    [Fact]
    public async Task Without_mail_messages_wait()
    {
        await using var house = await House.Open();
        var patient = await house.Admit(Sayings.Claudia);
        var id = await house.Ask(patient, "sign-in");
        Assert.Equal(0, await house.SendDue());
        Assert.Equal(Delivery.Queued, (await house.Message(patient, id)).State);
    }
}
