// A client in Go, as anybody would write it: reads what to do from its arguments, tells what it did on its output.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/camunda/zeebe/clients/go/v8/pkg/entities"
	"github.com/camunda/zeebe/clients/go/v8/pkg/pb"
	"github.com/camunda/zeebe/clients/go/v8/pkg/worker"
	"github.com/camunda/zeebe/clients/go/v8/pkg/zbc"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	client, err := zbc.NewClient(&zbc.ClientConfig{GatewayAddress: os.Args[2], UsePlaintextConnection: true})
	check(err)
	defer client.Close()
	if os.Args[1] == "work" {
		work(client, os.Args[3], len(os.Args) > 4 && os.Args[4] == "stream")
	} else {
		story(client, os.Args[3])
	}
}

// story deploys, runs 20 instances to their results, fails with back-off, throws an error and publishes a message.
func story(client zbc.Client, folder string) {
	ctx := context.Background()
	for _, name := range []string{"double", "trouble", "waiting"} {
		_, err := client.NewDeployResourceCommand().AddResourceFile(folder + "/go-" + name + ".bpmn").Send(ctx)
		check(err)
	}
	for _, stream := range []bool{false, true} {
		jobs := client.NewJobWorker().JobType("go-double").Handler(double).RequestTimeout(2 * time.Second).StreamEnabled(stream).Open()
		time.Sleep(300 * time.Millisecond)
		var sum int64
		done := make(chan error, 10)
		for n := 0; n < 10; n++ {
			go func(n int) {
				create, err := client.NewCreateInstanceCommand().BPMNProcessId("go-double").LatestVersion().VariablesFromMap(map[string]interface{}{"n": n})
				if err == nil {
					var result *pb.CreateProcessInstanceWithResultResponse
					if result, err = create.WithResult().Send(ctx); err == nil {
						var variables struct{ Twice int64 }
						err = json.Unmarshal([]byte(result.GetVariables()), &variables)
						atomic.AddInt64(&sum, variables.Twice)
					}
				}
				done <- err
			}(n)
		}
		for n := 0; n < 10; n++ {
			check(<-done)
		}
		jobs.Close()
		fmt.Printf("results %v %d\n", stream, sum)
	}

	var failures int32
	trouble := client.NewJobWorker().JobType("go-trouble").Handler(func(jobs worker.JobClient, job entities.Job) {
		if atomic.AddInt32(&failures, 1) == 1 {
			_, err := jobs.NewFailJobCommand().JobKey(job.GetKey()).Retries(job.GetRetries() - 1).RetryBackoff(200 * time.Millisecond).ErrorMessage("again").Send(ctx)
			check(err)
			return
		}
		_, err := jobs.NewThrowErrorCommand().JobKey(job.GetKey()).ErrorCode("trouble").ErrorMessage("as planned").Send(ctx)
		check(err)
	}).RequestTimeout(2 * time.Second).Open()
	result, err := client.NewCreateInstanceCommand().BPMNProcessId("go-trouble").LatestVersion().WithResult().Send(ctx)
	check(err)
	trouble.Close()
	fmt.Printf("trouble %d %s\n", failures, result.GetVariables())

	created, err := client.NewCreateInstanceCommand().BPMNProcessId("go-waiting").LatestVersion().VariablesFromMap(map[string]interface{}{"key": "k"})
	check(err)
	go func() {
		time.Sleep(300 * time.Millisecond)
		publish, err := client.NewPublishMessageCommand().MessageName("go-paid").CorrelationKey("k").TimeToLive(time.Minute).VariablesFromMap(map[string]interface{}{"amount": 3})
		check(err)
		_, err = publish.Send(ctx)
		check(err)
	}()
	paid, err := created.WithResult().FetchVariables("amount").Send(ctx)
	check(err)
	fmt.Printf("message %s\n", paid.GetVariables())
}

func double(jobs worker.JobClient, job entities.Job) {
	variables, err := job.GetVariablesAsMap()
	check(err)
	complete, err := jobs.NewCompleteJobCommand().JobKey(job.GetKey()).VariablesFromMap(map[string]interface{}{"twice": variables["n"].(float64) * 2})
	check(err)
	_, err = complete.Send(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// work completes jobs of a type for as long as it is let, telling each.
func work(client zbc.Client, jobType string, stream bool) {
	client.NewJobWorker().JobType(jobType).Handler(func(jobs worker.JobClient, job entities.Job) {
		_, err := jobs.NewCompleteJobCommand().JobKey(job.GetKey()).Send(context.Background())
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return
		}
		fmt.Println("did " + strconv.FormatInt(job.GetKey(), 10))
	}).PollInterval(100 * time.Millisecond).RequestTimeout(2 * time.Second).StreamEnabled(stream).Open()
	fmt.Println("ready")
	select {}
}
