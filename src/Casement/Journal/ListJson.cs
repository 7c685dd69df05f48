using System.Text.Json.Serialization;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Messages;
using Casement.People;

namespace Casement.Journal;

/// <summary>Writes the rows of lists without looking at their types each time: they are derived inside every write.</summary>
[JsonSerializable(typeof(DirectoryRow))]
[JsonSerializable(typeof(WorklistRow))]
[JsonSerializable(typeof(OutboxRow))]
[JsonSerializable(typeof(MailRow))]
[JsonSerializable(typeof(CohortRow))]
[JsonSerializable(typeof(SittingTimes))]
[JsonSerializable(typeof(ClearanceTimes))]
[JsonSerializable(typeof(RoundRow))]
sealed partial class ListJson : JsonSerializerContext;
